using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Sessions, scheduled notices and the warning of a full disk in the console.</summary>
public sealed class ConsoleSessionsTests(Browser browser)
{
    [Fact]
    public async Task Sessions_are_listed_filtered_and_ended_in_numbers_by_keyboard()
    {
        await using var server = await ChatServer.StartAsync();
        await using var natalie = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.JoinAsync("@other");
        await using var person = await server.OpenConsoleAsync(browser);
        var page = person.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "All sessions" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Sessions" })).ToBeVisibleAsync();
        await Expect(page.RowWith("natalie")).ToContainTextAsync("@room");
        await Expect(page.RowWith("anna")).ToContainTextAsync("@other, @room");

        await page.GetByLabel("Kind").SelectOptionAsync("web");
        await Expect(page.RowWith("natalie")).ToHaveCountAsync(0);
        await page.RowWith("anna").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        var end = page.GetByRole(AriaRole.Button, new() { Name = "End session of anna" });
        await end.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.OpenDialog()).ToContainTextAsync("End the session of anna?");
        await Expect(page.OpenDialog()).ToContainTextAsync("1 connection is closed. The user leaves 2 channels.");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
        await Expect(end).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.OpenDialog().Button("End session").PressAsync("Enter");
        await Expect(page.Toast("The session of anna was ended.")).ToBeVisibleAsync();
        await Expect(page.RowWith("anna")).ToHaveCountAsync(0);
        await anna.WaitForAsync<string>(nameof(KaiChat.Shared.Contracts.IChatClient.SessionEnded));
        await page.GetByLabel("Kind").SelectOptionAsync("");
        await Expect(page.RowWith("natalie")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_notice_is_scheduled_listed_and_cancelled()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser, "/admin/notices");
        var page = person.Page;
        await page.GetByLabel("Text").FillAsync("Tea tomorrow");
        await page.GetByLabel("Send at").FillAsync(DateTime.Now.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await Expect(page.GetByText("It would go to 0 users now")).ToBeVisibleAsync();
        await page.Button("Schedule notice").ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("It would reach 0 users now. Until its time it can be cancelled.");
        await page.OpenDialog().Button("Schedule notice").ClickAsync();
        var scheduled = page.GetByRole(AriaRole.Region, new() { Name = "Scheduled", Exact = true });
        await Expect(scheduled.GetByRole(AriaRole.Row).Filter(new() { HasText = "Tea tomorrow" })).ToContainTextAsync("everywhere, Web and native");

        // It is there for everybody, also after a reload.
        await page.ReloadAsync();
        await scheduled.GetByRole(AriaRole.Button, new() { NameRegex = new("^Cancel notice of", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(60)) }).ClickAsync();
        await Expect(page.OpenDialog()).ToContainTextAsync("Tea tomorrow");
        await page.OpenDialog().Button("Cancel notice").ClickAsync();
        await Expect(scheduled).ToContainTextAsync("No notice waits for its time.");
    }

    [Fact]
    public async Task A_full_disk_has_a_warning_of_its_own_with_what_to_do()
    {
        using var directory = new TemporaryDirectory();
        using var disk = new FaultyDisk(directory.Path);
        await using var server = await ChatServer.StartOverAsync(directory.Path);
        server.Logs.Expected = line => line.Category.Contains("Storage", StringComparison.Ordinal);
        await using var person = await server.OpenConsoleAsync(browser);
        var warnings = person.Page.GetByRole(AriaRole.Region, new() { Name = "Warnings" });
        await Expect(warnings).ToHaveCountAsync(0);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        disk.Fault = DiskFault.Full;
        await Assert.ThrowsAsync<HubException>(() => anna.SendAsync("@room", "one too many"));
        await Expect(warnings).ToContainTextAsync("The log cannot be written: nobody can post, and operators can change nothing.");
        await Expect(warnings).ToContainTextAsync("are free. Make room on the server’s disk");
        await Expect(warnings.GetByRole(AriaRole.Link, new() { Name = "Backups" })).ToBeVisibleAsync();
        disk.Fault = DiskFault.None;
    }
}
