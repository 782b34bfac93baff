using KaiChat.Server.Web;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>What a page reads is bounded in size and in number: a few texts may be as large as hundreds of others.</summary>
public sealed class LargePageTests
{
    private const int Sent = 40;

    /// <summary>So many texts of 10,000 characters fit into an answer.</summary>
    private const int Fit = AnswerSize.Most / 10_000;

    private static readonly string Long = "word " + new string('x', 9_995);

    [Fact]
    public async Task Pages_of_history_end_earlier_where_texts_are_long_and_lead_on_to_everything()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        for (var i = 0; i < Sent; i++) await anna.SendAsync("@room", Long);

        var backwards = new List<long>();
        for (var before = Sent + 1L; before > 1;)
        {
            var page = await anna.HistoryAsync("@room", before, 200);
            Assert.InRange(page.Messages.Count, 1, Fit);
            Assert.Equal((page.Messages[0].Seq > 1, page.Messages[^1].Seq < Sent), (page.HasEarlier, page.HasLater));
            backwards.InsertRange(0, page.Messages.Select(message => message.Seq));
            before = page.Messages[0].Seq;
        }
        Assert.Equal(Enumerable.Range(1, Sent), backwards.Select(seq => (int)seq));

        var forwards = new List<long>();
        for (var after = 0L; after < Sent;)
        {
            var page = await anna.HistoryAfterAsync("@room", after, 200);
            Assert.InRange(page.Messages.Count, 1, Fit);
            Assert.Equal((after > 0, page.Messages[^1].Seq < Sent), (page.HasEarlier, page.HasLater));
            forwards.AddRange(page.Messages.Select(message => message.Seq));
            after = page.Messages[^1].Seq;
        }
        Assert.Equal(Enumerable.Range(1, Sent), forwards.Select(seq => (int)seq));

        foreach (var seq in (long[])[1, 20, Sent])
        {
            var around = await anna.HistoryAroundAsync("@room", seq, 200);
            Assert.InRange(around.Messages.Count, 1, Fit);
            Assert.Contains(around.Messages, message => message.Seq == seq);
        }
        var middle = await anna.HistoryAroundAsync("@room", 20, 200);
        Assert.Equal((20L - Fit / 2, Fit, true, true), (middle.Messages[0].Seq, middle.Messages.Count, middle.HasEarlier, middle.HasLater));
    }

    [Fact]
    public async Task Snapshots_bring_the_newest_that_fit_and_say_that_there_is_more()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        for (var i = 0; i < Sent; i++) await anna.SendAsync("@room", Long);
        var newest = Enumerable.Range(Sent - Fit + 1, Fit);

        var joined = await anna.JoinAsync("@room");
        Assert.Equal(newest, joined.Messages.Select(message => (int)message.Seq));
        Assert.Equal(((long)Sent, true, false), (joined.LastSeq, joined.HasEarlier, joined.Gap));
        var missedMuch = await anna.ResumeAsync("@room", 5);
        Assert.Equal(newest, missedMuch.Messages.Select(message => (int)message.Seq));
        Assert.Equal(((long)Sent, true, true), (missedMuch.LastSeq, missedMuch.HasEarlier, missedMuch.Gap));
        var fromTheStart = await anna.ResumeAsync("@room", 0);
        Assert.Equal((Fit, true, false), (fromTheStart.Messages.Count, fromTheStart.HasEarlier, fromTheStart.Gap));
        var missedLittle = await anna.ResumeAsync("@room", Sent - Fit);
        Assert.Equal((Fit, false), (missedLittle.Messages.Count, missedLittle.Gap));
    }

    [Fact]
    public async Task Changes_versions_and_hits_are_bounded_too()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        for (var i = 0; i < Sent; i++) await anna.SendAsync("@room", "short");
        for (var seq = 1; seq <= Sent; seq++) await anna.EditAsync("@room", seq, Long);
        for (var i = 0; i < 20; i++) await anna.EditAsync("@room", 1, $"{i:00} " + new string('v', 9_997));

        var changes = await anna.ChangesAsync("@room", 0);
        Assert.True(changes.Gap);
        Assert.Equal(Sent + 20, changes.Rev);
        Assert.InRange(changes.Messages.Count, 1, Fit);
        Assert.False((await anna.ChangesAsync("@room", Sent + 18)).Gap);

        var versions = await anna.VersionsAsync("@room", 1);
        Assert.Equal(Fit, versions.Count);
        Assert.StartsWith("19 ", versions[^1].Text, StringComparison.Ordinal);

        var found = new List<long>();
        for (var page = await anna.SearchAsync("word", limit: 50); ; page = await anna.SearchAsync("word", page.Next, 50))
        {
            Assert.InRange(page.Hits.Count, 1, Fit / 2);
            found.AddRange(page.Hits.Select(hit => hit.Message.Seq));
            if (page.Next is null) break;
        }
        Assert.Equal(Enumerable.Range(2, Sent - 1).Reverse(), found.Select(seq => (int)seq));
    }

    [Fact]
    public async Task Who_reads_too_often_is_told_when_to_go_on()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:ReadBurst=8", "Limits:ReadsPerMinute=60");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "one");
        Func<Task>[] reads =
        [
            () => anna.HistoryAsync("@room", 2, 1), () => anna.HistoryAfterAsync("@room", 0, 1), () => anna.HistoryAroundAsync("@room", 1, 1),
            () => anna.ChangesAsync("@room", 0), () => anna.VersionsAsync("@room", 1), () => anna.JoinAsync("@room"), () => anna.ResumeAsync("@room", 0),
        ];
        foreach (var read in reads) await read();
        foreach (var read in reads) Assert.Matches(@"^rate-limited: .* \[1 s\]$", await Moderation.Desk.RefusalAsync(read));
        server.Clock!.Advance(TimeSpan.FromSeconds(1));
        await anna.HistoryAsync("@room", 2, 1);
    }
}
