using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Messages on their way out: none is lost and none is doubled, whatever goes away in between.</summary>
public sealed class OutboxTests(Browser browser)
{
    [Fact]
    public async Task A_server_killed_between_a_send_and_its_answer_has_the_message_once_and_the_page_shows_it_once()
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        await using var server = await ServerChild.StartAsync(directory);
        var web = server.Web;
        await using var anna = await Person.OpenAsync(browser, web);
        anna.Expected = IsLostConnection;
        // From here on the page hears nothing of what the server answers, while the server hears the page.
        var deaf = false;
        await anna.Page.RouteWebSocketAsync("**/hub**", route =>
        {
            route.ConnectToServer().OnMessage(frame =>
            {
                if (!Volatile.Read(ref deaf)) route.Send(frame.Text!);
            });
        });
        await anna.SignInAsync("anna", "@room");
        await using var ben = await WebUser.SignInAsync(web, "ben", "@room");
        await anna.SayAsync("before");
        await ben.WaitForMessagesAsync(1);
        await Expect(anna.Row("before")).ToContainTextAsync("Delivered");

        Volatile.Write(ref deaf, true);
        await anna.SayAsync("unanswered");
        await ben.WaitForMessagesAsync(2);
        await Expect(anna.Row("unanswered")).ToContainTextAsync("On its way");
        server.Kill();
        await server.DisposeAsync();
        Volatile.Write(ref deaf, false);

        await using var again = await ServerChild.StartAsync(directory, $"Kestrel:Endpoints:Web:Url={web.GetLeftPart(UriPartial.Authority)}");
        await anna.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await Expect(anna.Row("unanswered")).ToContainTextAsync("Delivered");
        await anna.ExpectMessageAsync("unanswered");
        await anna.SayAsync("after");
        await Expect(anna.Row("after")).ToContainTextAsync("Delivered");
        await using var carl = await WebUser.SignInAsync(again.Web, "carl");
        Assert.Equal(["before", "unanswered", "after"], (await carl.JoinAsync("@room")).Messages.Select(message => message.Text));
        await anna.DisposeAsync();
        await again.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_reload_right_after_sending_loses_nothing()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=10000", "Limits:MessagesPerSecond=10000");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        anna.Expected = IsLostConnection;
        for (var i = 1; i <= 10; i++)
        {
            await anna.Message.FillAsync($"message {i}");
            // In one go: no time for anything between the key and the end of the page.
            await anna.Page.EvaluateAsync("() => { window.isOld = true; document.querySelector('form.composer').requestSubmit(); location.reload(); }");
            await anna.Page.WaitForFunctionAsync("() => !window.isOld && document.querySelector('form.composer')");
            await Expect(anna.Message).ToHaveValueAsync("");
        }
        var messages = await ben.WaitForMessagesAsync(10);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"message {i}"), messages.Select(message => message.Text));
        Assert.Equal(10, (await ben.JoinAsync("@room")).LastSeq);
    }

    [Fact]
    public async Task Two_tabs_send_what_waited_once_and_in_order()
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        await using var server = await ServerChild.StartAsync(directory);
        var web = server.Web;
        await using var anna = await Person.JoinAsync(browser, web, "anna", "@room");
        anna.Expected = IsLostConnection;
        var tab = await anna.NewTabAsync("/c/@room");
        var field = tab.GetByRole(AriaRole.Textbox, new() { Name = "Message" });
        await Expect(field).ToBeVisibleAsync();
        server.Kill();
        await server.DisposeAsync();
        await anna.SayAsync("one");
        await Expect(tab.GetByRole(AriaRole.Log).GetByText("one", new() { Exact = true })).ToHaveCountAsync(1);
        await field.FillAsync("two");
        await field.PressAsync("Enter");
        await anna.ExpectMessageAsync("two");
        await anna.SayAsync("three");
        await Expect(anna.Row("three")).ToContainTextAsync("Waiting for the connection");

        await using var again = await ServerChild.StartAsync(directory, $"Kestrel:Endpoints:Web:Url={web.GetLeftPart(UriPartial.Authority)}");
        await Expect(anna.Row("three")).ToContainTextAsync("Delivered");
        foreach (var text in (string[])["one", "two", "three"]) await anna.ExpectMessageAsync(text);
        await using var carl = await WebUser.SignInAsync(again.Web, "carl");
        Assert.Equal(["one", "two", "three"], (await carl.JoinAsync("@room")).Messages.Select(message => message.Text));
        await anna.DisposeAsync();
        await again.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static bool IsLostConnection(string fault) =>
        fault.Contains("ERR_", StringComparison.Ordinal) || fault.Contains("WebSocket", StringComparison.Ordinal);
}
