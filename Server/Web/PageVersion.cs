using System.Security.Cryptography;

namespace KaiChat.Server.Web;

/// <summary>Which page this server has: the same as long as the page is, over restarts.</summary>
internal sealed class PageVersion
{
    private const int Characters = 16;

    public PageVersion(IWebHostEnvironment environment)
    {
        var document = environment.WebRootFileProvider.GetFileInfo(WebClientFiles.Document);
        if (!document.Exists) return;
        // It names its scripts and styles by their content.
        using var content = document.CreateReadStream();
        Value = Convert.ToHexStringLower(SHA256.HashData(content))[..Characters];
    }

    /// <summary>Opaque; empty if the server was built without its page.</summary>
    public string Value { get; } = "";
}
