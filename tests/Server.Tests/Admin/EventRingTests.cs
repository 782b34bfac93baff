using KaiChat.Server.Admin.Events;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Tests.Admin;

public sealed class EventRingTests
{
    private readonly EventRing _ring = new(capacity: 8, maxReaders: 2);
    private int _cutOff;

    [Fact]
    public void Who_comes_back_goes_on_without_gap_or_repetition()
    {
        using var first = Read();
        Publish(1, 2, 3);
        Assert.Equal(["1", "2", "3"], Take(first));
        Publish(4, 5);
        using var back = Read(_ring.IdOf(3));
        Assert.Equal((false, "4 5"), (back.MissedSome, string.Join(' ', Take(back))));
        Assert.Equal(["4", "5"], Take(first));
        Assert.Empty(Take(back));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-")]
    [InlineData("00000000-1")]
    [InlineData("")]
    public void An_id_that_is_none_of_this_ring_is_told_to_have_missed_some(string id)
    {
        Publish(1, 2);
        using var reader = Read(id);
        Assert.True(reader.MissedSome);
        Assert.Empty(Take(reader));
        Publish(3);
        Assert.Equal(["3"], Take(reader));
    }

    [Fact]
    public void What_is_overwritten_is_missed_and_what_is_kept_is_not()
    {
        Publish([.. Enumerable.Range(1, 10)]);
        using (var late = Read(_ring.IdOf(1))) Assert.True(late.MissedSome);
        using (var future = Read(_ring.IdOf(11))) Assert.True(future.MissedSome);
        using var justInTime = Read(_ring.IdOf(2));
        Assert.False(justInTime.MissedSome);
        Assert.Equal(["3", "4", "5", "6", "7", "8", "9", "10"], Take(justInTime));
        Assert.Equal(["3", "4", "5", "6", "7", "8", "9", "10"], _ring.Snapshot().Select(Text));
    }

    [Fact]
    public void Who_is_slower_than_the_ring_is_cut_off()
    {
        using var slow = Read();
        Publish([.. Enumerable.Range(1, 8)]);
        Assert.Equal(0, _cutOff);
        Publish(9);
        Assert.Equal(1, _cutOff);
        Assert.Empty(Take(slow));
    }

    [Fact]
    public void Topics_are_chosen_by_the_reader()
    {
        using var reader = _ring.Read(null, fromOldest: false, new HashSet<string> { "b" }, () => { });
        _ring.Publish("a", "x", 1);
        _ring.Publish("b", "x", 2);
        Assert.Equal(["2"], Take(reader));
        Assert.Equal(2, reader.At);
    }

    [Fact]
    public void There_are_no_more_readers_than_may_be()
    {
        using var first = Read();
        var second = Read();
        Assert.Equal(ErrorCodes.LimitReached, Assert.Throws<ChatRefusedException>(() => Read()).Code);
        second.Dispose();
        using var third = Read();
    }

    [Fact]
    public void After_the_end_nothing_comes_and_the_kept_can_be_read()
    {
        Publish(1, 2);
        _ring.End();
        Publish(3);
        using var reader = _ring.Read(null, fromOldest: true, topics: null, () => { });
        Assert.False(_ring.IsOver(reader));
        var (events, ended) = _ring.Take(reader);
        Assert.Equal((2, true), (events.Count, ended));
        Assert.True(_ring.IsOver(reader));
    }

    [Fact]
    public async Task A_reader_is_woken_once_for_all_that_came()
    {
        using var reader = Read();
        Publish(1, 2);
        await reader.WhenWokenAsync(CancellationToken.None);
        Assert.Equal(["1", "2"], Take(reader));
        var waiting = reader.WhenWokenAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        Publish(3);
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private EventReader Read(string? lastEventId = null) => _ring.Read(lastEventId, fromOldest: false, topics: null, () => _cutOff++);

    private string[] Take(EventReader reader) => [.. _ring.Take(reader).Events.Select(Text)];

    private void Publish(params int[] data)
    {
        foreach (var number in data) _ring.Publish("a", "x", number);
    }

    private static string Text(ServerEvent happened) => System.Text.Encoding.UTF8.GetString(happened.Data);
}
