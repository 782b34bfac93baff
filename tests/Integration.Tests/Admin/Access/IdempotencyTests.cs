using System.Net;
using System.Net.Http.Json;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary><c>Idempotency-Key</c></summary>
public sealed class IdempotencyTests
{
    private const string Header = "Idempotency-Key";
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_again_and_makes_nothing()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        using var first = await CreateAsync(admin, "ops", "one");
        using var second = await CreateAsync(admin, "ops", "one");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal((first.Headers.Location, first.Content.Headers.ContentType), (second.Headers.Location, second.Content.Headers.ContentType));
        Assert.True(second.Headers.CacheControl!.NoStore);
        Assert.Single((await admin.GetAsync<Page<ApiKey>>(Keys.Path)).Items);
        Assert.Single(await admin.AuditAsync());
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused_and_another_holder_has_keys_of_his_own()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        using var other = await Keys.WithScopesAsync(server, "other", Scopes.KeysWrite, Scopes.ServerRead);
        (await CreateAsync(admin, "ops", "one")).Dispose();
        await Operator.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, ErrorCodes.IdempotencyMismatch, CreateAsync(admin, "ops2", "one"));
        using var theirs = await CreateAsync(other, "ops3", "one");
        Assert.Equal(HttpStatusCode.Created, theirs.StatusCode);
    }

    [Fact]
    public async Task What_was_refused_may_be_tried_again_under_the_same_key()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        await admin.MakeAsync("ops", Scopes.ServerRead);
        for (var i = 0; i < 2; i++) await Operator.ExpectProblemAsync(HttpStatusCode.Conflict, ErrorCodes.AlreadyExists, CreateAsync(admin, "ops", "one"));
        using var another = await CreateAsync(admin, "other", "one");
        Assert.Equal(HttpStatusCode.Created, another.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, CreateAsync(admin, "ops", key));
        Assert.Empty((await admin.GetAsync<Page<ApiKey>>(Keys.Path)).Items);
    }

    [Fact]
    public async Task Requests_at_the_same_time_make_one_thing()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync(admin, "ops", "one")));
        // Each is the first answer, or told that the first is at work.
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var running in answers.Where(answer => answer.StatusCode == HttpStatusCode.Conflict))
        {
            Assert.NotNull(running.Headers.RetryAfter);
            await Operator.ExpectProblemAsync(HttpStatusCode.Conflict, ErrorCodes.IdempotencyRunning, Task.FromResult(running));
        }
        Assert.Single((await admin.GetAsync<Page<ApiKey>>(Keys.Path)).Items);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Backups_take_one_too()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        using var first = await admin.SendAsync(HttpMethod.Post, "/api/v1/backups", body: null, (Header, "b"));
        using var second = await admin.SendAsync(HttpMethod.Post, "/api/v1/backups", body: null, (Header, "b"));
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Single((await admin.GetAsync<Page<Job>>("/api/v1/jobs")).Items);
    }

    [Fact]
    public void The_first_request_is_at_work_until_it_has_an_answer_which_is_kept_for_a_day()
    {
        var answers = new KeptAnswers(_clock);
        Assert.Null(answers.Begin("ops", "k", "f"));
        Assert.Equal(ErrorCodes.IdempotencyRunning, Assert.Throws<ChatRefusedException>(() => answers.Begin("ops", "k", "f")).Code);
        Assert.Equal(ErrorCodes.IdempotencyMismatch, Assert.Throws<ChatRefusedException>(() => answers.Begin("ops", "k", "g")).Code);
        answers.End("ops", "k", Answer(1));
        _clock.Advance(KeptAnswers.Lifetime - TimeSpan.FromTicks(1));
        Assert.NotNull(answers.Begin("ops", "k", "f"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(answers.Begin("ops", "k", "f"));
    }

    [Fact]
    public void So_many_and_so_large_answers_are_kept_and_the_oldest_go_first()
    {
        var many = new KeptAnswers(_clock);
        for (var i = 0; i <= KeptAnswers.MostAnswers; i++)
        {
            Assert.Null(many.Begin("ops", $"{i}", "f"));
            many.End("ops", $"{i}", Answer(1));
        }
        Assert.NotNull(many.Begin("ops", "1", "f"));
        Assert.Null(many.Begin("ops", "0", "f"));

        var large = new KeptAnswers(_clock);
        foreach (var key in new[] { "a", "b", "c" })
        {
            Assert.Null(large.Begin("ops", key, "f"));
            large.End("ops", key, Answer((int)KeptAnswers.MostBytes / 2));
        }
        Assert.NotNull(large.Begin("ops", "b", "f"));
        Assert.Null(large.Begin("ops", "a", "f"));
    }

    private static KeptAnswer Answer(int bytes) => new(201, null, null, null, null, new byte[bytes]);

    private static Task<HttpResponseMessage> CreateAsync(Operator maker, string name, string key)
    {
        var body = JsonContent.Create(new KeyRequest(name, [Scopes.ServerRead]));
        return maker.SendAsync(HttpMethod.Post, Keys.Path, body, (Header, key));
    }
}
