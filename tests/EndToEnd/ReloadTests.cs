using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>What a reload shows before the server has said a word.</summary>
public sealed class ReloadTests(Browser browser)
{
    /// <summary>The seqs that the browser keeps of each channel.</summary>
    private const string Kept =
        """
        () => new Promise((resolve, reject) => {
          const opening = indexedDB.open('kaichat.cache', 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore('channels', { keyPath: 'key' });
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const all = opening.result.transaction('channels').objectStore('channels').getAll();
            all.onsuccess = () => {
              opening.result.close();
              resolve(all.result.map(({ key, messages }) => `${key} ${messages.map(({ seq }) => seq)}`).join('; '));
            };
          };
        })
        """;

    [Fact]
    public async Task A_reload_shows_the_channel_at_once_as_updating_and_then_how_it_is()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        foreach (var text in (string[])["stays", "is edited", "is deleted", "is purged"]) await ben.SendAsync("@room", text);
        await using var anna = await Person.OpenAsync(browser, server.Web);
        var door = await Door.BuildAsync(anna.Page);
        await anna.SignInAsync("anna", "@room");
        await anna.ExpectMessageAsync("is purged");
        await ExpectKeptAsync(anna.Page, "@room 1,2,3,4");

        door.Close();
        await anna.Page.ReloadAsync();

        await Expect(anna.Log.GetByText("is deleted", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Banner).Or(anna.Page.Locator(".conversation-title")).GetByText("Updating…").First).ToBeVisibleAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Updating…" })).ToHaveCountAsync(1);
        await Expect(anna.Log).ToHaveAttributeAsync("aria-busy", "true");
        // Nothing of it is unread.
        Assert.DoesNotContain("(", await anna.Page.TitleAsync(), StringComparison.Ordinal);
        await Expect(anna.Channels.Locator(".count")).ToHaveCountAsync(0);
        await ben.EditAsync("@room", 2, "was edited");
        await ben.DeleteAsync("@room", 3);
        await ben.DeleteAsync("@room", 4);
        await ben.SendAsync("@room", "is new");

        door.Open();

        await anna.ExpectMessageAsync("is new");
        await anna.ExpectMessageAsync("was edited");
        await Expect(anna.Log.GetByText("Deleted by its author")).ToHaveCountAsync(2);
        await Expect(anna.Log.GetByText("is deleted", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(anna.Page.GetByText("Updating…")).ToHaveCountAsync(0);
        await Expect(anna.Log.GetByText("stays", new() { Exact = true })).ToHaveCountAsync(1);
        await Expect(anna.Log.Locator(".row-gap")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_former_life_of_the_channel_gives_way_to_the_present_one()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben");
        await using var anna = await Person.OpenAsync(browser, server.Web);
        var door = await Door.BuildAsync(anna.Page);
        await anna.SignInAsync("anna", "@room");
        await anna.SayAsync("of a former life");
        await ExpectKeptAsync(anna.Page, "@room 1");
        door.Close();
        await anna.Page.ReloadAsync();
        await anna.ExpectMessageAsync("of a former life");

        using (await server.AskAsync(HttpMethod.Delete, "/api/v1/channels/room"))
        {
            await ben.JoinAsync("@room");
        }
        door.Open();

        await Expect(anna.Members.GetByText("ben")).ToBeVisibleAsync();
        await Expect(anna.Log.GetByText("of a former life")).ToHaveCountAsync(0);
        await ExpectKeptAsync(anna.Page, "@room ");
    }

    [Fact]
    public async Task Another_session_sees_nothing_and_signing_out_leaves_nothing()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.OpenAsync(browser, server.Web);
        var door = await Door.BuildAsync(anna.Page);
        await anna.SignInAsync("anna", "@room");
        await anna.SayAsync("between us");
        await ExpectKeptAsync(anna.Page, "@room 1");

        // The page of another session, which was not there when the former one ended.
        door.Close();
        await anna.Page.EvaluateAsync(
            "() => { const kept = JSON.parse(localStorage['kaichat.session']); localStorage['kaichat.session'] = JSON.stringify({ ...kept, sessionId: '0000000000000001' }); }");
        await anna.Page.ReloadAsync();
        await Expect(anna.Channels.GetByText("@room")).ToBeVisibleAsync();
        await ExpectKeptAsync(anna.Page, "");
        await Expect(anna.Log.GetByText("between us")).ToHaveCountAsync(0);
        door.Open();
        await anna.ExpectMessageAsync("between us");
        await ExpectKeptAsync(anna.Page, "@room 1");

        await anna.Message.FillAsync("/quit");
        await anna.Message.PressAsync("Escape");
        await anna.Message.PressAsync("Enter");
        await Expect(anna.Page.GetByRole(AriaRole.Textbox, new() { Name = "Username" })).ToBeVisibleAsync();
        await ExpectKeptAsync(anna.Page, "");
    }

    /// <summary>Waits until the browser keeps just these messages: <c>@room 1,2</c>.</summary>
    internal static async Task ExpectKeptAsync(IPage page, string kept)
    {
        var deadline = DateTime.UtcNow.AddMilliseconds(Browser.Patience);
        string found;
        while ((found = await page.EvaluateAsync<string>(Kept)) != kept && DateTime.UtcNow < deadline) await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(drawn))");
        Assert.Equal(kept, found);
    }

    /// <summary>Stands between a page and the hub, and lets nothing through while it is closed.</summary>
    private sealed class Door
    {
        private readonly Lock _gate = new();
        private readonly List<IWebSocketRoute> _held = [];
        private bool _open = true;

        public static async Task<Door> BuildAsync(IPage page)
        {
            var door = new Door();
            await page.RouteWebSocketAsync("**/hub**", door.Pass);
            return door;
        }

        public void Close()
        {
            lock (_gate) _open = false;
        }

        public void Open()
        {
            lock (_gate)
            {
                _open = true;
                foreach (var socket in _held) _ = socket.CloseAsync();
            }
        }

        private void Pass(IWebSocketRoute socket)
        {
            lock (_gate)
            {
                if (_open) socket.ConnectToServer();
                else _held.Add(socket);
            }
        }
    }
}
