using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The console's audit log, settings, jobs and backups.</summary>
public sealed class ConsoleRecordsTests(Browser browser)
{
    [Fact]
    public async Task A_backup_is_made_fetched_and_deleted()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser, "/admin/jobs");
        var page = person.Page;
        await page.Button("Start a backup").ClickAsync();
        await page.OpenDialog().Button("Start a backup").ClickAsync();
        await Expect(page.RowWith("backup").First).ToContainTextAsync("succeeded");
        var file = page.GetByRole(AriaRole.Region, new() { Name = "Backups", Exact = true }).GetByRole(AriaRole.Link).First;
        var name = (await file.TextContentAsync())!;
        var download = await page.RunAndWaitForDownloadAsync(() => file.ClickAsync());
        Assert.Equal(name, download.SuggestedFilename);

        await page.Button($"Delete {name}").ClickAsync();
        await page.OpenDialog().GetByLabel($"Type {name} to confirm").FillAsync(name);
        await page.OpenDialog().Button("Delete").ClickAsync();
        await Expect(page.GetByText("No backup yet.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_audit_log_is_filtered_by_its_address_and_exported_so()
    {
        await using var server = await ChatServer.StartAsync();
        await using var person = await server.OpenConsoleAsync(browser, "/admin/channels");
        var page = person.Page;
        foreach (var name in (string[])["@one", "@two"])
        {
            await page.GotoAsync(new Uri(server.Web, "/admin/channels").ToString());
            await page.Button("Create channel").ClickAsync();
            await page.OpenDialog().GetByLabel("Name").FillAsync(name);
            await page.OpenDialog().Button("Create channel").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
        }
        await page.GoToAsync("Audit log");
        await Expect(page.RowWith("@one")).ToContainTextAsync("channel.create");
        await page.GetByLabel("Target").FillAsync("@two");
        await page.Button("Filter").ClickAsync();
        await Expect(page.RowWith("@one")).ToHaveCountAsync(0);
        await Expect(page.RowWith("@two")).ToContainTextAsync("admin");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Target")).ToHaveValueAsync("@two");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync((await download.PathAsync())!);
        Assert.Contains("@two", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_name_their_source_and_hide_secrets()
    {
        const string Key = "correct horse battery staple";
        await using var server = await ChatServer.StartAsync("Admin:Key=" + Key);
        await using var person = await server.OpenConsoleAsync(browser, "/admin/settings", key: Key);
        var page = person.Page;
        await Expect(page.RowWith("Admin:Key").First).ToContainTextAsync("secret, not shown");
        await Expect(page.RowWith("KaiChat:Port").First).ToContainTextAsync("command line");
        Assert.DoesNotContain(Key, await page.ContentAsync(), StringComparison.Ordinal);
        await page.Button("Read the settings again").ClickAsync();
        await Expect(page.GetByText("Nothing has changed.")).ToBeVisibleAsync();
    }
}
