using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>A page and a server that do not speak the same contract: said plainly, with one way out, and nothing is lost.</summary>
public sealed class VersionTests(Browser browser)
{
    [Theory]
    [InlineData(99, 99, "The server is newer than this page")]
    [InlineData(-1, -1, "The server is older than this page")]
    public async Task A_server_of_another_version_is_said_plainly_and_left_alone_and_a_reload_sends_what_waited(int version, int oldestPage, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.OpenAsync(browser, server.Web);
        var said = await SaidToThePage.InterceptAsync(anna.Page);
        await anna.Page.Clock.InstallAsync();
        await anna.Page.ReloadAsync();
        await anna.SignInAsync("anna", "@room");
        var before = said.Connections;

        said.Contract = (version, oldestPage);
        await said.BreakAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = sentence })).ToHaveCountAsync(1);
        await Expect(anna.Page.Locator(".connection")).ToHaveTextAsync("Incompatible version");
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "Connect now" })).ToHaveCountAsync(0);
        await anna.SayAsync("waits");
        await Expect(anna.Row("waits")).ToContainTextAsync("Waiting for the connection");
        await anna.Message.FillAsync("half a thought");
        await AccessibilityTests.ExpectNothingAsync(anna.Page);

        // Neither time, nor the network, nor whoever looks makes it ask again.
        await anna.Page.Clock.FastForwardAsync("05:00");
        await anna.Page.EvaluateAsync("() => { dispatchEvent(new Event('online')); dispatchEvent(new Event('focus')); }");
        await anna.Page.Clock.FastForwardAsync("01:00");
        Assert.Equal(before + 1, said.Connections);
        Assert.Empty(ben.Messages);

        said.Contract = null;
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Reload to update" }).ClickAsync();
        await Expect(anna.Row("waits")).ToContainTextAsync("Delivered");
        await Expect(anna.Message).ToHaveValueAsync("half a thought");
        await Expect(anna.Page.Locator(".connection")).ToHaveTextAsync("Online");
        Assert.Equal(["waits"], (await ben.WaitForMessagesAsync(1)).Select(message => message.Text));
    }

    [Fact]
    public async Task A_newer_server_that_gets_along_with_the_page_is_no_matter()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web);
        var said = await SaidToThePage.InterceptAsync(anna.Page);
        said.Contract = (99, 1);
        await anna.SignInAsync("anna", "@room");
        await anna.SayAsync("hello");
        await Expect(anna.Row("hello")).ToContainTextAsync("Delivered");
        await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "Reload to update" })).ToHaveCountAsync(0);
    }
}
