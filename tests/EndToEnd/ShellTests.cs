using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>The installed page: it opens without a network, never from a stale cache, and offers a newer one instead of taking it.</summary>
public sealed class ShellTests(Browser browser)
{
    private static readonly BrowserNewContextOptions WithWorker = new() { ServiceWorkers = ServiceWorkerPolicy.Allow };

    [Fact]
    public async Task Without_a_network_the_page_opens_with_its_channels_and_drafts_and_sends_when_it_is_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await Person.OpenAsync(browser, server.Web, options: WithWorker);
        anna.Expected = IsOffline;
        await anna.SignInAsync("anna", "@room");
        await WorkerAsync(anna.Page);
        await anna.SayAsync("before");
        await Expect(anna.Row("before")).ToContainTextAsync("Delivered");
        await anna.Message.FillAsync("half a thought");
        await anna.Page.WaitForFunctionAsync("() => localStorage.getItem('kaichat.drafts')?.includes('half')");
        await ReloadTests.ExpectKeptAsync(anna.Page, "@room 1");

        await anna.SetOfflineAsync(true);
        await anna.Page.ReloadAsync();
        // What was said is there to be read, and says that it may be old.
        await anna.ExpectMessageAsync("before");
        await Expect(anna.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Updating…" })).ToHaveCountAsync(1);
        await Expect(anna.Channels.GetByText("@room")).ToBeVisibleAsync();
        await Expect(anna.Message).ToHaveValueAsync("half a thought");
        await Expect(anna.Page.GetByText("This device is offline.").First).ToBeVisibleAsync();
        await anna.SayAsync("written without a network");
        await Expect(anna.Row("written without a network")).ToContainTextAsync("Waiting for the connection");
        // A part that is loaded when it is first wanted.
        await anna.Page.Keyboard.PressAsync("Control+,");
        await Expect(anna.Page.GetByRole(AriaRole.Dialog, new() { Name = "Preferences" })).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("Escape");

        await anna.SetOfflineAsync(false);
        await Expect(anna.Row("written without a network")).ToContainTextAsync("Delivered");
        Assert.Equal(["before", "written without a network"], (await ben.WaitForMessagesAsync(2)).Select(message => message.Text));
    }

    [Fact]
    public async Task The_worker_keeps_the_shell_and_no_answer_of_the_api()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web, options: WithWorker);
        await anna.SignInAsync("anna", "@room");
        await WorkerAsync(anna.Page);
        var kept = await anna.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const paths = [];
              for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
              return paths;
            }
            """);
        Assert.Contains("/", kept);
        Assert.Contains("/manifest.webmanifest", kept);
        Assert.Contains(kept, path => path.StartsWith("/assets/index-", StringComparison.Ordinal));
        Assert.DoesNotContain(kept, path => path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/hub", StringComparison.Ordinal));

        var answer = await anna.Page.APIRequest.GetAsync(new Uri(server.Web, "/sw.js").ToString());
        Assert.Equal("no-cache", answer.Headers["cache-control"]);
        Assert.StartsWith("text/javascript", answer.Headers["content-type"], StringComparison.Ordinal);
        var manifest = await anna.Page.APIRequest.GetAsync(new Uri(server.Web, "/manifest.webmanifest").ToString());
        Assert.Equal("application/manifest+json", manifest.Headers["content-type"]);
        foreach (var icon in (await manifest.JsonAsync())!.Value.GetProperty("icons").EnumerateArray())
        {
            var image = await anna.Page.APIRequest.GetAsync(new Uri(server.Web, icon.GetProperty("src").GetString()!).ToString());
            Assert.Equal((200, icon.GetProperty("type").GetString()), (image.Status, image.Headers["content-type"]));
        }
    }

    [Fact]
    public async Task A_newer_page_is_offered_after_a_restart_and_the_old_one_stays_until_then()
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        var server = await ServerChild.StartAsync(directory);
        var web = server.Web;
        await using var anna = await Person.OpenAsync(browser, web);
        anna.Expected = IsOffline;
        await anna.SignInAsync("anna", "@room");
        await anna.Message.FillAsync("half a thought");
        await anna.Page.EvaluateAsync("() => { window.still = 'here'; }");
        var newer = false;
        var looked = new TaskCompletionSource();
        await anna.Page.RouteAsync(new Uri(web, "/").ToString(), async route =>
        {
            var answer = await route.FetchAsync();
            var document = await answer.TextAsync();
            await route.FulfillAsync(new() { Response = answer, Body = newer ? document.Replace("/assets/index-", "/assets/index-newer-", StringComparison.Ordinal) : document });
            looked.TrySetResult();
        });
        await server.DisposeAsync();
        await using (var same = await ServerChild.StartAsync(directory, $"Kestrel:Endpoints:Web:Url={web.GetLeftPart(UriPartial.Authority)}"))
        {
            await looked.Task.WaitAsync(TimeSpan.FromMilliseconds(Browser.Patience), TestContext.Current.CancellationToken);
            await Expect(anna.Page.GetByRole(AriaRole.Button, new() { Name = "Reload to update" })).ToHaveCountAsync(0);
            newer = true;
        }
        await using var again = await ServerChild.StartAsync(directory, $"Kestrel:Endpoints:Web:Url={web.GetLeftPart(UriPartial.Authority)}");
        var offer = anna.Page.GetByRole(AriaRole.Button, new() { Name = "Reload to update" });
        await Expect(offer).ToBeVisibleAsync();
        Assert.Equal("here", await anna.Page.EvaluateAsync<string>("() => window.still"));
        newer = false;
        await offer.ClickAsync();
        await anna.Page.WaitForFunctionAsync("() => window.still === undefined");
        await Expect(anna.Message).ToHaveValueAsync("half a thought");
        await Expect(offer).ToHaveCountAsync(0);
        await anna.DisposeAsync();
        await again.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Without_javascript_there_is_a_page_to_read()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web, options: new() { JavaScriptEnabled = false });
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "KaiChat" })).ToBeVisibleAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("please allow JavaScript for this site");
    }

    /// <summary>Waits until the worker is in charge of the next load.</summary>
    private static Task<bool> WorkerAsync(IPage page) => page.EvaluateAsync<bool>("async () => (await navigator.serviceWorker.ready).active !== null");

    private static bool IsOffline(string fault) =>
        fault.Contains("ERR_", StringComparison.Ordinal) || fault.Contains("WebSocket", StringComparison.Ordinal);
}
