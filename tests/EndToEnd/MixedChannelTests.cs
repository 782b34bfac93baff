using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.EndToEnd;

/// <summary>The product's reason to exist.</summary>
public sealed class MixedChannelTests(Browser browser)
{
    private const int Rounds = 4;

    [Fact]
    public async Task Two_browsers_and_three_kinds_of_native_client_see_exactly_each_others_messages_in_order()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using var ben = await Person.JoinAsync(browser, server.Web, "ben", "room");
        await using var plain = await RawKaiClient.SignInAsync(server.Native, "plain", "@room");
        await using var secure = await RawKaiClient.SignInAsync(server.Native, "secure", "@room", tls: RawKaiClient.AnyCertificate());
        await using var big = await RawKaiClient.SignInAsync(server.Native, "big", "@room", KaiByteOrder.Big);

        var sent = new List<(string Author, string Text)>();
        for (var round = 1; round <= Rounds; round++)
        {
            await SayAsync("anna", text => anna.SayAsync(text));
            await SayAsync("plain", text => plain.SendAsync(KaiPdu.Send(text)));
            await SayAsync("ben", text => ben.SayAsync(text));
            await SayAsync("secure", text => secure.SendAsync(KaiPdu.Send(text)));
            await SayAsync("big", text => big.SendAsync(KaiPdu.Send(text)));

            async Task SayAsync(string author, Func<string, Task> say)
            {
                var text = $"{author} says {round}";
                sent.Add((author, text));
                await say(text);
                // Seen by somebody else before the next one is sent: so the order is known.
                await (author == "anna" ? ben : anna).ExpectMessageAsync(text);
            }
        }

        foreach (var (name, client) in ((string, RawKaiClient)[])[("plain", plain), ("secure", secure), ("big", big)])
        {
            var others = sent.Where(message => message.Author != name).ToArray();
            var received = await client.PollForAsync(others.Length);
            Assert.Equal(others, received.Select(pdu => (pdu.Username, pdu.Text)));
            Assert.True(Assert.Single(await client.PollAsync()).UpToDate);
        }
        foreach (var person in (Person[])[anna, ben])
        {
            foreach (var (_, text) in sent) await person.ExpectMessageAsync(text);
            var shown = await person.Log.InnerTextAsync();
            var places = sent.Select(message => shown.IndexOf(message.Text, StringComparison.Ordinal)).ToArray();
            Assert.Equal(places.Order(), places);
        }
    }

    [Fact]
    public async Task Members_are_shown_live_with_their_kind()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await using (await RawKaiClient.SignInAsync(server.Native, "natalie", "@room"))
        {
            var item = anna.Members.GetByRole(Microsoft.Playwright.AriaRole.Listitem).Filter(new() { HasText = "natalie" });
            await Microsoft.Playwright.Assertions.Expect(item).ToContainTextAsync("native");
        }
        await Microsoft.Playwright.Assertions.Expect(anna.Members).Not.ToContainTextAsync("natalie");
    }

    [Fact]
    public async Task What_native_clients_will_see_is_shown_before_and_after_sending()
    {
        await using var server = await ChatServer.StartAsync();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room");
        await using var anna = await Person.JoinAsync(browser, server.Web, "anna", "@room");
        await anna.Message.FillAsync("caf\u00e9 \u201cok\u201d");
        await Microsoft.Playwright.Assertions.Expect(anna.Page.GetByText("cafe \"ok\"").First).ToBeAttachedAsync();
        await anna.Message.PressAsync("Enter");
        await anna.ExpectMessageAsync("caf\u00e9 \u201cok\u201d");
        Assert.Equal("cafe \"ok\"", Assert.Single(await native.PollForAsync(1)).Text);
        await Microsoft.Playwright.Assertions.Expect(anna.Log.GetByText("cafe \"ok\"").First).ToBeAttachedAsync();
    }
}
