namespace KaiChat.Server.Hosting;

/// <summary>Files that nobody but the server's user may read.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a text under mode 0600, whole or not at all.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var draft = path + ".new";
        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
            writer.WriteLine();
            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
