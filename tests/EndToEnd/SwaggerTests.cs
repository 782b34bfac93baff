using KaiChat.TestKit;
using Microsoft.Playwright;

namespace KaiChat.EndToEnd;

/// <summary>The REST API can be tried from its own page; a breach of the page's policy or a request elsewhere would fail the test.</summary>
public sealed class SwaggerTests(Browser browser)
{
    [Fact]
    public async Task An_operator_pastes_the_key_and_tries_the_API_out()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        await using var person = await Person.OpenAsync(browser, server.Web, "/swagger");
        var page = person.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).First.ClickAsync();
        var dialog = page.Locator(".modal-ux");
        await dialog.Locator("input").First.FillAsync((await File.ReadAllTextAsync(Path.Combine(server.Directory, "admin.key"))).Trim());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Apply credentials" }).First.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).First.ClickAsync();

        await TryAsync(page, "operations-Server-getServer", _ => Task.CompletedTask, "\"KaiChat.Web\"");
        await TryAsync(page, "operations-Connections-listConnections", form => form.Locator("select").First.SelectOptionAsync("native"), "\"anna\"");
        await TryAsync(page, "operations-Channels-getChannel", form => form.GetByPlaceholder("name").FillAsync("@dev"), "\"@dev\"");

        // The key is gone with the page.
        Assert.Equal("{}", await page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage })"));
    }

    /// <summary>Executes an operation, whose answer must be 200 with this in its body.</summary>
    private static async Task TryAsync(IPage page, string operation, Func<ILocator, Task> fillIn, string expected)
    {
        var section = page.Locator("#" + operation);
        await section.Locator(".opblock-summary-control").ClickAsync();
        await fillIn(section.Locator(".parameters-container"));
        await section.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        var answer = section.Locator(".live-responses-table .response");
        await Assertions.Expect(answer.Locator(".response-col_status")).ToHaveTextAsync("200");
        await Assertions.Expect(answer.Locator(".highlight-code").First).ToContainTextAsync(expected);
    }
}
