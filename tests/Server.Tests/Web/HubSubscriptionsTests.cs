using KaiChat.Server.Chat;
using KaiChat.Server.Web;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;

namespace KaiChat.Server.Tests.Web;

public sealed class HubSubscriptionsTests
{
    [Fact]
    public async Task A_tab_that_joins_while_another_leaves_for_it_is_either_in_or_out()
    {
        var subscriptions = new HubSubscriptions();
        var transport = new DefaultConnectionContext();
        var tab = new HubClient(
            new HubConnectionContext(transport, new HubConnectionContextOptions(), NullLoggerFactory.Instance), sessions: null!, backlog: 10, connectedAt: DateTimeOffset.UnixEpoch);
        subscriptions.Add(tab);
        var room = new ConversationId(1);
        for (var i = 0; i < 20_000; i++)
        {
            using var both = new Barrier(2);
            var joining = Task.Run(() =>
            {
                both.SignalAndWait();
                subscriptions.Subscribe(tab, room);
            }, TestContext.Current.CancellationToken);
            both.SignalAndWait();
            subscriptions.Unsubscribe(tab, room);
            await joining;
            subscriptions.Unsubscribe(tab, room);
            Assert.Empty(subscriptions.Of(room));
        }
    }
}
