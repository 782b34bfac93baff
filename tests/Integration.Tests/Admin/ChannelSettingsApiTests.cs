using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using KaiChat.Integration.Tests.Channels;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Making and changing channels over REST.</summary>
public sealed class ChannelSettingsApiTests
{
    private const string Channels = "/api/v1/channels";
    private static readonly NativePolicy Quiet = new(NativeNotice.Silent, NativeNotice.Silent, NativeNotice.Silent);

    [Fact]
    public async Task A_channel_is_made_with_its_settings_and_only_once()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        using var body = JsonContent.Create(new ChannelRequest("News/a", "What is new", ReadOnly: true, Quiet, RetentionDays: 7));

        using var made = await someone.SendAsync(HttpMethod.Post, Channels, body);

        Assert.Equal((HttpStatusCode.Created, "/api/v1/channels/%40News%2Fa"), (made.StatusCode, made.Headers.Location!.OriginalString));
        var channel = await someone.GetAsync<ChannelDetails>(made.Headers.Location.OriginalString);
        Assert.Equal(
            ("@News/a", "What is new", true, Quiet, 7, true, 0, made.Headers.ETag!.Tag),
            (channel.Name, channel.Topic, channel.ReadOnly, channel.Native, channel.RetentionDays, channel.Kept, channel.Counts.Total, channel.Etag));
        var listed = Assert.Single((await someone.GetAsync<Page<ChannelInfo>>(Channels)).Items);
        Assert.Equal(("What is new", true, true), (listed.Topic, listed.ReadOnly, listed.Kept));
        using var again = JsonContent.Create(new { name = "@NEWS/A" });
        await Operator.ExpectProblemAsync(HttpStatusCode.Conflict, ErrorCodes.AlreadyExists, someone.SendAsync(HttpMethod.Post, Channels, again));
        Assert.Equal("What is new", (await someone.GetAsync<ChannelDetails>(Channels + "/news%2Fa")).Topic);
    }

    [Fact]
    public async Task A_change_leaves_what_it_does_not_name_and_null_takes_a_setting_away()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var made = await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, Channels, new ChannelRequest("dev", "Work", ReadOnly: true, Quiet, RetentionDays: 7));

        var changed = await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/dev", new { topic = "More work" });
        Assert.Equal(made with { Topic = "More work", Etag = changed.Etag, Members = changed.Members }, changed);
        Assert.NotEqual(made.Etag, changed.Etag);
        var same = await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/dev", new { topic = "More work", readOnly = true });
        Assert.Equal(changed.Etag, same.Etag);
        var bare = await someone.SendAsync<ChannelDetails>(
            HttpStatusCode.OK, HttpMethod.Patch, Channels + "/dev", new Dictionary<string, object?> { ["native"] = null, ["retentionDays"] = null, ["topic"] = null });
        Assert.Equal(("", true, null, null, true), (bare.Topic, bare.ReadOnly, bare.Native, bare.RetentionDays, bare.Kept));
        Assert.Equal([("channel.create", "@dev"), ("channel.update", "@dev"), ("channel.update", "@dev")], await server.DoneAsync());
        Assert.Contains("\"topic\":\"Work\"", (await server.RecordedAsync())[1].Before, StringComparison.Ordinal);
        Assert.Contains("\"topic\":\"More work\"", (await server.RecordedAsync())[1].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_names_a_state_that_is_over_changes_nothing()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var first = await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, Channels, new { name = "dev" });
        var second = await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/dev", new { topic = "one" }, ("If-Match", first.Etag));
        using var late = JsonContent.Create(new { topic = "two" });

        await Operator.ExpectProblemAsync(
            HttpStatusCode.PreconditionFailed, ErrorCodes.PreconditionFailed, someone.SendAsync(HttpMethod.Patch, Channels + "/dev", late, ("If-Match", first.Etag)));
        await Operator.ExpectProblemAsync(
            HttpStatusCode.PreconditionFailed, ErrorCodes.PreconditionFailed, someone.SendAsync(HttpMethod.Delete, Channels + "/dev", body: null, ("If-Match", first.Etag)));

        var now = await someone.GetAsync<ChannelDetails>(Channels + "/dev");
        Assert.Equal(("one", second.Etag), (now.Topic, now.Etag));
        using var gone = await someone.SendAsync(HttpMethod.Delete, Channels + "/dev", body: null, ("If-Match", $"\"x\", {second.Etag}"));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        // Made anew it is another one.
        Assert.NotEqual(first.Etag, (await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, Channels, new { name = "dev" })).Etag);
    }

    [Fact]
    public async Task What_is_settled_for_a_closed_channel_is_seen_and_changed_and_kept_opens_it()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using (var anna = await WebUser.SignInAsync(server, "anna", "@Dev"))
        {
            await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/dev", new { topic = "Work", retentionDays = 7 });
            await anna.LeaveAsync("@dev");
        }
        Assert.Empty((await someone.GetAsync<Page<ChannelInfo>>(Channels)).Items);

        var closed = await someone.GetAsync<ChannelDetails>(Channels + "/DEV");
        Assert.Equal(("@Dev", null, null, 0L, "Work", 7, 0), (closed.Name, closed.Incarnation, closed.OpenedAt, closed.LastSeq, closed.Topic, closed.RetentionDays, closed.Members.Count));
        var changed = await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/dev", new { retentionDays = 5 }, ("If-Match", closed.Etag));
        Assert.Equal(closed with { RetentionDays = 5, Etag = changed.Etag, Members = changed.Members }, changed);
        using var late = JsonContent.Create(new { topic = "late" });
        await Operator.ExpectProblemAsync(
            HttpStatusCode.PreconditionFailed, ErrorCodes.PreconditionFailed, someone.SendAsync(HttpMethod.Patch, Channels + "/dev", late, ("If-Match", closed.Etag)));

        var kept = await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/dev", new { kept = true });
        Assert.Equal(("Work", 5, true, false), (kept.Topic, kept.RetentionDays, kept.Kept, kept.OpenedAt is null));
        Assert.True(server.HasChannel("@dev"));
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(Channels + "/dev"));
        using var gone = JsonContent.Create(new { topic = "x" });
        var problem = await Operator.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, someone.SendAsync(HttpMethod.Patch, Channels + "/dev", gone));
        Assert.Equal("The channel @dev is not open, and nothing is settled for it. POST /api/v1/channels opens one that stays open.", problem.Detail);
        Assert.Equal(["channel.delete", "channel.update", "channel.update", "channel.update"], (await server.DoneAsync()).Reverse().Select(done => done.Action));
    }

    [Fact]
    public async Task Closed_channels_that_have_settings_are_listed_until_they_are_opened_or_forgotten()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var ben = await WebUser.SignInAsync(server, "ben", "@open");
        await using (var anna = await WebUser.SignInAsync(server, "anna", "@Dev"))
        {
            await anna.JoinAsync("@other");
            await anna.JoinAsync("@bare");
            await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/dev", new { topic = "Work" });
            await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/other", new { readOnly = true });
            Assert.Empty(await ListAsync("?state=closed"));
            foreach (var channel in (string[])["@dev", "@other", "@bare"]) await anna.LeaveAsync(channel);
        }

        Assert.Equal(["@open"], Names(await ListAsync("")));
        Assert.Equal(["@open"], Names(await ListAsync("?state=open")));
        Assert.Equal(["@Dev", "@open", "@other"], Names(await ListAsync("?state=all")));
        Assert.Equal(["@Dev"], Names(await ListAsync("?state=all&name=dev")));
        Assert.Equal(["@open"], Names(await ListAsync("?name=%40OPEN")));
        Assert.Empty(await ListAsync("?name=dev"));
        Assert.Equal([new ChannelInfo("@Dev", null, null, 0, new(0, 0, 0), "Work", ReadOnly: false, Kept: false)], (await ListAsync("?state=closed")).Take(1));
        var first = await someone.GetAsync<Page<ChannelInfo>>(Channels + "?state=closed&limit=1");
        Assert.Equal(["@other"], Names(await ListAsync("?state=closed&after=" + first.Next)));

        await ben.JoinAsync("@DEV");
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(Channels + "/other"));
        Assert.Empty(await ListAsync("?state=closed"));
        // It keeps the spelling of what was settled; open, it has that of whoever opened it.
        Assert.Equal(["@DEV", "@open"], Names(await ListAsync("?state=all")));
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, someone.SendAsync(HttpMethod.Get, Channels + "?state=shut"));
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ChannelInvalid, someone.SendAsync(HttpMethod.Get, Channels + "?name=a%20b"));

        async Task<IReadOnlyList<ChannelInfo>> ListAsync(string query) => (await someone.GetAsync<Page<ChannelInfo>>(Channels + query)).Items;
        static IEnumerable<string> Names(IReadOnlyList<ChannelInfo> listed) => listed.Select(channel => channel.Name);
    }

    [Theory]
    [InlineData("{\"topics\":\"x\"}", ErrorCodes.RequestInvalid, "topics is not a field here. Fields: topic, readOnly, native, retentionDays, kept.")]
    [InlineData("{\"name\":\"x\"}", ErrorCodes.RequestInvalid, "name is not a field here. Fields: topic, readOnly, native, retentionDays, kept.")]
    [InlineData("{\"topic\":5}", ErrorCodes.RequestInvalid, "topic is a text.")]
    [InlineData("{\"topic\":\"a\\nb\"}", ErrorCodes.ArgumentInvalid, "A topic is one line without control characters. Nothing was changed.")]
    [InlineData("{\"readOnly\":\"yes\"}", ErrorCodes.RequestInvalid, "readOnly is true or false.")]
    [InlineData("{\"retentionDays\":0}", ErrorCodes.ArgumentInvalid, "retentionDays is from 1 to 36500.")]
    [InlineData("{\"retentionDays\":1.5}", ErrorCodes.RequestInvalid, "retentionDays is a whole number.")]
    [InlineData("{\"native\":{\"edits\":\"note\"}}", ErrorCodes.RequestInvalid, "native has edits, deletions and reactions, each silent or note; or it is null.")]
    [InlineData("{\"native\":{\"edits\":\"loud\",\"deletions\":\"note\",\"reactions\":\"note\"}}", ErrorCodes.RequestInvalid, "native has edits, deletions and reactions, each silent or note; or it is null.")]
    [InlineData("{\"topic\":\"a\",\"topic\":\"b\"}", ErrorCodes.RequestInvalid, "topic is given twice.")]
    [InlineData("[]", ErrorCodes.RequestInvalid, "The body is a JSON object with Content-Type application/json. Fields: topic, readOnly, native, retentionDays, kept.")]
    [InlineData("{", ErrorCodes.RequestInvalid, "The body is a JSON object with Content-Type application/json. Fields: topic, readOnly, native, retentionDays, kept.")]
    public async Task A_wrong_field_is_refused_by_name_and_nothing_changes(string body, string code, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var before = await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, Channels, new { name = "dev", topic = "Work" });
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        var problem = await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, code, someone.SendAsync(HttpMethod.Patch, Channels + "/dev", content));

        Assert.Equal(sentence, problem.Detail);
        Assert.Equal(before.Etag, (await someone.GetAsync<ChannelDetails>(Channels + "/dev")).Etag);
    }

    [Fact]
    public async Task What_has_no_name_is_not_open_or_is_one_too_many_is_refused()
    {
        await using var server = await ChatServer.StartAsync("Limits:MaxSettledChannels=1");
        using var someone = new Operator(server);
        foreach (var (body, code) in ((object, string)[])[(new { topic = "x" }, ErrorCodes.ChannelInvalid), (new { name = "a b" }, ErrorCodes.ChannelInvalid)])
        {
            using var nameless = JsonContent.Create(body);
            await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, code, someone.SendAsync(HttpMethod.Post, Channels, nameless));
        }
        using var topic = JsonContent.Create(new { topic = "x" });
        await Operator.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, someone.SendAsync(HttpMethod.Patch, Channels + "/dev", topic));
        await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, Channels, new { name = "one" });
        using var two = JsonContent.Create(new { name = "two" });
        await Operator.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.LimitReached, someone.SendAsync(HttpMethod.Post, Channels, two));
        // What is settled already may change, and what is forgotten makes room.
        await someone.SendAsync<ChannelDetails>(HttpStatusCode.OK, HttpMethod.Patch, Channels + "/one", new { topic = "x" });
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(Channels + "/one"));
        await someone.SendAsync<ChannelDetails>(HttpStatusCode.Created, HttpMethod.Post, Channels, new { name = "three" });
    }
}
