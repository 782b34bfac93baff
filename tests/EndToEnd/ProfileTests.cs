using KaiChat.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KaiChat.EndToEnd;

/// <summary>Who somebody is: from the list of members, from a row by key, and from an author's name.</summary>
public sealed class ProfileTests(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task A_native_members_profile_tells_its_door_and_when_it_asked_last(ColorScheme theme, int width)
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room", tls: RawKaiClient.AnyCertificate());
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room", new() { ColorScheme = theme, ViewportSize = new() { Width = width, Height = 800 } });
        var show = anna.Page.GetByRole(AriaRole.Button, new() { Name = "Show members" });
        if (await show.IsVisibleAsync()) await show.ClickAsync();
        var more = anna.Page.GetByRole(AriaRole.Button, new() { Name = "More about natalie" });
        await native.PollAsync();
        await more.ClickAsync();
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Profile" }).ClickAsync();
        var profile = Profile(anna, "natalie");
        foreach (var fact in (string[])["Member", "encrypted on its way (TLS)", "asks for news every few seconds", "On the server since", "Last asked for news", "@room"])
        {
            await Expect(profile).ToContainTextAsync(fact);
        }
        await AccessibilityTests.ExpectNothingAsync(anna.Page);
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(profile).ToHaveCountAsync(0);
        await Expect(more).ToBeFocusedAsync();
    }

    [Fact]
    public async Task An_authors_profile_opens_by_key_and_by_name_and_leads_on()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "Ben", "@room");
        await ben.JoinAsync("@two");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@two");
        await anna.EnterAsync("room");
        await anna.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ben.SendAsync("@room", "hello");
        await anna.ExpectMessageAsync("hello");

        await anna.Row("hello").FocusAsync();
        await Expect(anna.Row("hello").GetByRole(AriaRole.Button, new() { Name = "Profile" })).ToBeVisibleAsync();
        await anna.Page.Keyboard.PressAsync("p");
        var profile = Profile(anna, "Ben");
        await Expect(profile.GetByRole(AriaRole.Link)).ToHaveTextAsync(["@room", "@two"]);
        await Expect(profile).ToContainTextAsync("Uses a browser");
        await Expect(profile).ToContainTextAsync("On the server since");
        await profile.GetByRole(AriaRole.Button, new() { Name = "Copy name" }).ClickAsync();
        await Expect(profile.GetByRole(AriaRole.Status)).ToHaveTextAsync("The name is copied.");
        Assert.Equal("Ben", await anna.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Row("hello")).ToBeFocusedAsync();

        await anna.Row("hello").Locator(".message-author bdi").ClickAsync();
        await profile.GetByRole(AriaRole.Button, new() { Name = "Mention" }).ClickAsync();
        await Expect(anna.Message).ToBeFocusedAsync();
        await Expect(anna.Message).ToHaveValueAsync("@Ben ");

        await anna.Row("hello").Locator(".message-author bdi").ClickAsync();
        await profile.GetByRole(AriaRole.Link, new() { Name = "@two" }).ClickAsync();
        await Expect(anna.Page.GetByRole(AriaRole.Heading, new() { Name = "@two", Level = 1 })).ToBeVisibleAsync();
        await Expect(profile).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Of_an_author_who_is_gone_it_says_so_and_takes_nobody_else_for_them()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using (var ben = await WebUser.SignInAsync(server, "ben", "@room"))
        {
            await ben.SendAsync("@room", "good bye");
            await anna.ExpectMessageAsync("good bye");
            await ben.SignOutAsync();
        }
        await Expect(anna.Members).Not.ToContainTextAsync("ben");
        await anna.Row("good bye").Locator(".message-author bdi").ClickAsync();
        var profile = Profile(anna, "ben");
        await Expect(profile).ToContainTextAsync("In none of your channels now");
        await Expect(profile).Not.ToContainTextAsync("On the server since");
        // It follows what happens while it is open.
        await using var other = await WebUser.SignInAsync(server, "ben", "@room");
        await Expect(profile).ToContainTextAsync("Who has this name now came in later.");
        await profile.GetByRole(AriaRole.Checkbox, new() { Name = "Mute for me" }).CheckAsync();
        await anna.Page.Keyboard.PressAsync("Escape");
        await Expect(anna.Log.GetByText("good bye")).ToHaveCountAsync(0);
    }

    private static ILocator Profile(Person person, string name) => person.Page.GetByRole(AriaRole.Dialog, new() { Name = $"Profile of {name}" });
}
