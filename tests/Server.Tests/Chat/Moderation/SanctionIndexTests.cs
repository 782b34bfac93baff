using System.Collections.Immutable;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Chat.Moderation;

/// <summary>Who is met by what.</summary>
public sealed class SanctionIndexTests
{
    private static readonly DateTimeOffset Now = Drafts.Noon;
    private static readonly ChannelName Dev = Drafts.Channel("@Dev");
    private static readonly ImmutableArray<IPAddress> Home = [IPAddress.Parse("192.0.2.17")];

    [Fact]
    public void Names_and_channels_are_met_in_any_letter_case()
    {
        var index = SanctionIndex.Empty.With(Ban(1, name: "Troll", channel: Drafts.Channel("@DEV")));
        Assert.NotNull(index.Find(SanctionKind.Ban, Name("tROLL"), [], Dev, Now));
        Assert.Null(index.Find(SanctionKind.Ban, Name("troll"), [], channel: null, Now));
        Assert.Null(index.Find(SanctionKind.Ban, Name("troll"), [], Drafts.Channel("@other"), Now));
        Assert.Null(index.Find(SanctionKind.Mute, Name("troll"), [], Dev, Now));
        Assert.Null(index.Find(SanctionKind.Ban, Name("other"), Home, Dev, Now));
    }

    [Fact]
    public void One_on_the_whole_server_holds_in_every_channel()
    {
        var index = SanctionIndex.Empty.With(Ban(1, network: "192.0.2.0/24"));
        Assert.NotNull(index.Find(SanctionKind.Ban, Name("anna"), Home, Dev, Now));
        Assert.NotNull(index.Find(SanctionKind.Ban, name: null, Home, channel: null, Now));
    }

    [Fact]
    public void Any_of_several_addresses_is_enough()
    {
        var index = SanctionIndex.Empty.With(Ban(1, network: "2001:db8::/32"));
        Assert.NotNull(index.Find(SanctionKind.Ban, Name("anna"), [.. Home, IPAddress.Parse("2001:db8::5")], channel: null, Now));
    }

    [Fact]
    public void Of_several_the_one_that_holds_longest_is_told()
    {
        var index = SanctionIndex.Empty
            .With(Ban(1, name: "anna", until: Now.AddHours(1)))
            .With(Ban(2, network: "192.0.2.17", until: Now.AddHours(3)))
            .With(Ban(3, name: "anna", channel: Dev, until: Now.AddHours(2)));
        Assert.Equal(2, index.Find(SanctionKind.Ban, Name("anna"), Home, Dev, Now)?.Id);
        Assert.Equal(4, index.With(Ban(4, name: "anna", channel: Dev)).Find(SanctionKind.Ban, Name("anna"), Home, Dev, Now)?.Id);
    }

    [Fact]
    public void One_that_is_over_holds_no_more()
    {
        var index = SanctionIndex.Empty.With(Ban(1, name: "anna", until: Now.AddHours(1)));
        Assert.NotNull(index.Find(SanctionKind.Ban, Name("anna"), [], null, Now.AddHours(1).AddTicks(-1)));
        Assert.Null(index.Find(SanctionKind.Ban, Name("anna"), [], null, Now.AddHours(1)));
    }

    [Fact]
    public void What_was_added_and_taken_out_leaves_nothing()
    {
        var index = SanctionIndex.Empty.With(Ban(1, name: "anna", network: "192.0.2.0/24")).With(Ban(2, network: "192.0.3.0/24"));
        Assert.Null(index.Without(1).Find(SanctionKind.Ban, Name("anna"), Home, Dev, Now));
        Assert.Equal(0, index.Without(1).Without(2).Without(2).Count);
    }

    [Fact]
    public void The_index_finds_whom_a_sanction_meets_and_nobody_else()
    {
        var sanctions = Gen.ArrayOf(Sanctions(), 12);
        var users = from name in Names() from first in Addresses() from second in Addresses() from channel in Channels() select (name, (ImmutableArray<IPAddress>)[first, second], channel);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(sanctions.ToArbitrary(), users.ToArbitrary(), (all, user) =>
        {
            var (name, addresses, channel) = user;
            var index = all.Aggregate(SanctionIndex.Empty, (index, sanction) => index.With(sanction with { Id = index.Count + 1 }));
            foreach (var gone in all.Select((_, i) => i).Where(i => i % 3 == 2)) index = index.Without(gone + 1);
            var left = all.Where((_, i) => i % 3 != 2);
            foreach (var kind in Enum.GetValues<SanctionKind>())
            {
                var met = left.Any(one => one.Kind == kind && !one.IsOver(Now) && (one.Channel is null || one.Channel.Equals(channel)) && one.Meets(name, addresses));
                Assert.Equal(met, index.Find(kind, name, addresses, channel, Now) is not null);
            }
        }));
    }

    private static Gen<ChatSanction> Sanctions() =>
        from kind in Gen.Elements(SanctionKind.Ban, SanctionKind.Mute)
        from name in Gen.OneOf(Names().Select(name => (Username?)name), Gen.Constant<Username?>(null))
        from address in Addresses()
        from length in Gen.Choose(0, 32)
        from byAddress in Gen.Elements(true, false)
        from channel in Channels()
        from until in Gen.Elements<DateTimeOffset?>(null, Now, Now.AddTicks(1))
        let network = AddressNetwork.Of(address)
        select new ChatSanction(0, kind, name, byAddress ? network.Widen(network.IsV4 ? length : length * 4) : null, channel, "spam", "ops", Now, until);

    private static Gen<Username> Names() => Gen.Elements("anna", "ANNA", "ben", "cleo").Select(Name);

    private static Gen<ChannelName?> Channels() => Gen.Elements<ChannelName?>(null, Dev, Drafts.Channel("@dev"), Drafts.Channel("@other"));

    private static Gen<IPAddress> Addresses() =>
        Gen.Elements("192.0.2.1", "192.0.2.2", "192.0.3.1", "::ffff:192.0.2.1", "10.0.0.1", "2001:db8::1", "2001:db8::2", "2001:db9::1").Select(IPAddress.Parse);

    private static Username Name(string name) => Drafts.Author(name).Name;

    private static ChatSanction Ban(long id, string? name = null, string? network = null, ChannelName? channel = null, DateTimeOffset? until = null) =>
        new(id, SanctionKind.Ban, name is null ? null : Name(name), AddressNetwork.Parse(network), channel, "spam", "ops", Now, until);
}
