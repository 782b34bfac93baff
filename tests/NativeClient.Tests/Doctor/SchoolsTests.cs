using System.Text.Json;
using KaiChat.NativeClient.Doctor;

namespace KaiChat.NativeClient.Tests.Doctor;

/// <summary>Clients of all schools, by the bytes of <c>tests/Vectors/kaichat.json</c>: what servers must accept is never called broken.</summary>
public sealed class SchoolsTests
{
    private static readonly Dictionary<string, byte[]> Vectors = Read();

    [Theory]
    [InlineData("ping-le", "version-select-author", "client-info", "join-columns", "send-message", "query", "leave", "quit")]
    [InlineData("ping-le", "version-select-paper", "client-info", "join-columns", "query", "quit")]
    [InlineData("ping-author-garbage", "version-select-author", "client-info-garbage-after-nul", "join-columns-garbage", "query", "quit")]
    [InlineData("ping-le", "version-select-author", "client-info-garbage-after-nul", "join-space-separated", "query", "quit")]
    [InlineData("ping-le", "version-select-paper", "client-info-ten-chars-with-host", "join-longest-name", "query", "quit")]
    [InlineData("ping-be", "version-select-be-int32", "quit")]
    public void Nothing_is_broken(params string[] names)
    {
        var judgements = PlayedSession.Of(names.Select(name => Vectors[name])).Judge();
        Assert.DoesNotContain(judgements, judgement => judgement.Verdict == Verdict.Broken);
    }

    [Theory]
    [InlineData("pdu.zeroed", "ping-author-garbage", "quit")]
    [InlineData("prefix.columns", "ping-le", "version-select-author", "client-info-garbage-after-nul", "join-space-separated", "quit")]
    [InlineData("name.user", "ping-le", "version-select-author", "client-info-ten-chars-with-host", "quit")]
    public void What_is_old_or_careless_is_noted(string rule, params string[] names)
    {
        var judgement = PlayedSession.Of(names.Select(name => Vectors[name])).Judge().Single(judgement => judgement.Rule.Id == rule);
        Assert.Equal((Verdict.Passed, Outcome.Noted), (judgement.Verdict, judgement.Findings[0].Outcome));
    }

    [Fact]
    public void A_text_without_a_NUL_is_broken()
    {
        var judgements = PlayedSession.Of(((string[])["ping-le", "version-select-author", "client-info", "join-columns", "send-message-2000-no-nul", "quit"]).Select(name => Vectors[name])).Judge();
        Assert.Equal(["send.nul"], judgements.Where(judgement => judgement.Verdict == Verdict.Broken).Select(judgement => judgement.Rule.Id));
    }

    private static Dictionary<string, byte[]> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "kaichat.json")));
        return document.RootElement.GetProperty("vectors").EnumerateArray().ToDictionary(
            vector => vector.GetProperty("name").GetString()!, vector => Convert.FromHexString(vector.GetProperty("hex").GetString()!));
    }
}
