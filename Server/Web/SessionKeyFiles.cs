using System.Xml.Linq;
using KaiChat.Server.Hosting;
using KaiChat.Server.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// The keys that protect session tokens and the console's cookie, in <c>keys/</c> of the data directory. The framework's own class writes them to the system's temporary folder first: a server
/// whose root is read-only has none, and from another disk the move is no rename.
/// </summary>
internal sealed class SessionKeyFiles(IOptions<StorageOptions> storage, ILoggerFactory logs) : FileSystemXmlRepository(DirectoryIn(storage.Value), logs)
{
    public override void StoreElement(XElement element, string friendlyName)
    {
        ArgumentException.ThrowIfNullOrEmpty(friendlyName);
        PrivateFile.Write(Path.Combine(Directory.FullName, Path.GetFileName(friendlyName) + ".xml"), element.ToString());
    }

    private static DirectoryInfo DirectoryIn(StorageOptions storage)
    {
        var path = Path.Combine(storage.Directory, "keys");
        return OperatingSystem.IsWindows()
            ? System.IO.Directory.CreateDirectory(path)
            : System.IO.Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
