namespace KaiChat.NativeClient.Terminal;

/// <summary>Colours, or none of them.</summary>
internal sealed class TerminalStyle(bool colours)
{
    private const string Plain = "\u001B[0m";

    /// <summary>The six colours of a terminal that read on both dark and light ground, by their codes.</summary>
    private static readonly int[] Authors = [31, 32, 33, 34, 35, 36];

    public string Author(string shown, string name) => Paint(shown, Authors[Hash(name) % Authors.Length]);

    public string Notice(string shown) => Paint(shown, 33);

    public string Status(string shown) => Paint(shown, 2);

    public string Error(string shown) => Paint(shown, 31);

    private string Paint(string shown, int code) => colours ? $"\u001B[{code}m{shown}{Plain}" : shown;

    /// <summary>The same for a name in every run and letter case, which string.GetHashCode is not.</summary>
    private static int Hash(string name) => name.Aggregate(17, (hash, letter) => (hash * 31 + char.ToUpperInvariant(letter)) & 0xFFFF);
}
