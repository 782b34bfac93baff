using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>A message is in the log for a moment before the feed hears of it, on a busy machine for a longer one. A page that came to know it in between loses nothing.</summary>
public sealed class FeedBehindLogTests
{
    [Fact]
    public async Task A_page_that_knows_more_than_the_feed_resumes_where_it_was_and_gets_what_comes()
    {
        var log = new HookedLog();
        await using var server = await ChatServer.StartAdjustedAsync(log.Take);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await anna.SendAsync("@room", "1");
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        log.Appended = () =>
        {
            stored.TrySetResult();
            return told.Task;
        };
        var sending = anna.SendAsync("@room", "2");
        await stored.Task;

        var resumed = await ben.ResumeAsync("@room", 2);
        Assert.Equal((2L, false, 0), (resumed.LastSeq, resumed.Gap, resumed.Messages.Count));
        // Of another life: the newest that there are.
        Assert.Equal([1L], (await ben.ResumeAsync("@room", 3)).Messages.Select(message => message.Seq));

        log.Appended = () => Task.CompletedTask;
        told.SetResult();
        await sending;
        await anna.SendAsync("@room", "3");
        Assert.Equal(["1", "2", "3"], (await ben.WaitForMessagesAsync(3)).Select(message => message.Text));
    }
}
