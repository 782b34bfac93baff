using System.Net.Http.Json;
using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>An operator at the console.</summary>
internal static class Operations
{
    /// <summary>Opens a screen of the console and signs in with the server's first key, or with another one.</summary>
    public static async Task<Person> OpenConsoleAsync(this ChatServer server, Browser browser, string path = "/admin", BrowserNewContextOptions? options = null, string? key = null)
    {
        var person = await Person.OpenAsync(browser, server.Web, path, options);
        // The browser calls it an error of the page that nobody is signed in yet.
        person.Expected = line => line.Contains("401 (Unauthorized)", StringComparison.Ordinal);
        await person.ShowKeyAsync(key ?? await server.FirstKeyAsync());
        await Expect(person.Page.GetByLabel("Admin key")).ToHaveCountAsync(0);
        return person;
    }

    public static async Task<string> FirstKeyAsync(this ChatServer server) => (await File.ReadAllTextAsync(Path.Combine(server.Directory, "admin.key"))).Trim();

    /// <summary>Asks something of the admin API with the first key.</summary>
    public static async Task<HttpResponseMessage> AskAsync(this ChatServer server, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", await server.FirstKeyAsync());
        if (body is not null) request.Content = JsonContent.Create(body);
        var answer = await server.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer;
    }

    public static async Task ShowKeyAsync(this Person person, string key)
    {
        await person.Page.GetByLabel("Admin key").FillAsync(key);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Goes to a screen by the navigation.</summary>
    public static async Task GoToAsync(this IPage page, string screen)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Screens" }).GetByRole(AriaRole.Link, new() { Name = screen, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = screen })).ToBeVisibleAsync();
    }

    /// <summary>The row of a table that has this text.</summary>
    public static ILocator RowWith(this IPage page, string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    public static ILocator OpenDialog(this IPage page) => page.GetByRole(AriaRole.Dialog);

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Field(this ILocator within, string label) => within.GetByLabel(label);

    /// <summary>What the page says that it has done.</summary>
    public static ILocator Toast(this IPage page, string text) => page.Locator(".toast").Filter(new() { HasText = text });
}
