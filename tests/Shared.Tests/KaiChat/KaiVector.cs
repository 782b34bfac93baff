using System.Text.Json;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

/// <summary>One PDU of tests/Vectors/kaichat.json: its bytes and what they mean.</summary>
public sealed record KaiVector(string Name, byte[] Bytes, KaiSide From, KaiByteOrder Order, KaiPdu Expected)
{
    /// <summary>The byte order as the codec finds it when this PDU arrives: a client's PING settles it.</summary>
    public KaiByteOrder? OrderBefore => From == KaiSide.Client && Expected.Command == KaiCommand.PingPong ? null : Order;

    public override string ToString() => Name;
}

public static class KaiVectors
{
    /// <summary>Garbage behind a NUL, lenient and alternative forms: read, never written.</summary>
    private static readonly HashSet<string> NotCanonical =
    [
        "ping-author-garbage", "version-select-paper", "client-info-ten-chars-with-host", "client-info-garbage-after-nul",
        "join-columns-garbage", "join-space-separated", "send-message-2000-no-nul",
    ];

    public static IReadOnlyList<KaiVector> List { get; } = Load();

    public static TheoryData<string> All => [.. List.Select(vector => vector.Name)];

    public static TheoryData<string> Canonical => [.. List.Select(vector => vector.Name).Where(name => !NotCanonical.Contains(name))];

    public static KaiVector Get(string name) => List.Single(vector => vector.Name == name);

    private static List<KaiVector> Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "kaichat.json")));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(Read)];
    }

    private static KaiVector Read(JsonElement vector)
    {
        var fields = vector.GetProperty("fields");
        var expected = new KaiPdu(
            Enum.Parse<KaiCommand>(Text("command").Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            Text("username"),
            Text("channel"),
            Text("text"),
            fields.TryGetProperty("version", out var version) ? version.GetInt32() : 0,
            fields.TryGetProperty("upToDate", out var upToDate) && upToDate.GetBoolean());
        return new KaiVector(
            vector.GetProperty("name").GetString()!,
            Convert.FromHexString(vector.GetProperty("hex").GetString()!),
            Enum.Parse<KaiSide>(Text("direction"), ignoreCase: true),
            Enum.Parse<KaiByteOrder>(Text("byteOrder"), ignoreCase: true),
            expected);

        string Text(string field) => fields.TryGetProperty(field, out var value) ? value.GetString()! : "";
    }
}
