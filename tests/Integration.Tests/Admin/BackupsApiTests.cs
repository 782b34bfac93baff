using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Jobs;
using KaiChat.Server.Storage.Backup;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>/api/v1/backups</c> and <c>/api/v1/jobs</c></summary>
public sealed class BackupsApiTests
{
    private const string Backups = "/api/v1/backups";

    [Fact]
    public async Task A_backup_is_made_listed_fetched_and_deleted()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "keep this");

        using var answer = await someone.SendAsync(HttpMethod.Post, Backups);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var location = answer.Headers.Location!.OriginalString;
        Assert.Equal("/api/v1/jobs/" + (await answer.Content.ReadFromJsonAsync<Job>())!.Id, location);
        var job = await EndAsync(server, someone, location);
        Assert.Equal((JobState.Succeeded, 1, null, "backup"), (job.State, job.Progress, job.Error, job.Kind));
        Assert.NotNull(job.EndedAt);

        var listed = Assert.Single((await someone.GetAsync<Page<BackupInfo>>(Backups)).Items);
        Assert.Equal(job.Result, $"{Backups}/{listed.Name}");
        Assert.Matches("^kaichat-[0-9]{8}T[0-9]{6}Z.zip$", listed.Name);
        using var download = await someone.SendAsync(HttpMethod.Get, job.Result!);
        Assert.Equal("application/zip", download.Content.Headers.ContentType?.MediaType);
        Assert.Equal(listed.Name, download.Content.Headers.ContentDisposition?.FileName);
        var bytes = await download.Content.ReadAsByteArrayAsync();
        Assert.Equal(listed.Size, bytes.Length);
        using var fetched = new TemporaryDirectory();
        await File.WriteAllBytesAsync(fetched.File("fetched.zip"), bytes);
        var manifest = BackupVerifier.Verify(fetched.File("fetched.zip"), temporary: null, progress: null, default);
        Assert.Equal((1L, false), (manifest.Counts.Messages, manifest.WithSecrets));

        using var rest = await someone.SendAsync(HttpMethod.Get, job.Result!, body: null, ("Range", "bytes=100-"), ("If-Range", download.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(bytes[100..], await rest.Content.ReadAsByteArrayAsync());

        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(job.Result!));
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(job.Result!));
        Assert.Empty((await someone.GetAsync<Page<BackupInfo>>(Backups)).Items);
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, job.Result!);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(server.Directory, "backups")));
    }

    [Fact]
    public async Task Secrets_are_in_it_if_the_body_asks_and_what_it_misspells_is_refused()
    {
        using var shelf = new TemporaryDirectory();
        await using var server = await ChatServer.StartAsync($"Backup:Directory={shelf.Path}");
        using var someone = new Operator(server);
        foreach (var body in (string[])["{\"withSecret\":true}", "[", "1"])
        {
            await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, someone.SendAsync(HttpMethod.Post, Backups, Json(body)));
        }
        using var text = new StringContent("withSecrets");
        await Operator.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, ErrorCodes.RequestInvalid, someone.SendAsync(HttpMethod.Post, Backups, text));

        var job = await EndAsync(server, someone, await StartAsync(someone, Json("{\"withSecrets\":true}")));

        var manifest = BackupVerifier.Verify(shelf.File(job.Result!.Split('/')[^1]), temporary: null, progress: null, default);
        Assert.True(manifest.WithSecrets);
        Assert.Contains("admin.key", manifest.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public async Task One_at_a_time_and_a_cancelled_one_leaves_room_for_the_next()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var jobs = server.Services.GetRequiredService<JobRegistry>();
        var running = await jobs.StartAsync("backup", Scopes.BackupsWrite, _ => Task.CompletedTask, (report, cancellation) =>
        {
            report(0.5);
            cancellation.WaitHandle.WaitOne();
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult("never");
        });
        var path = "/api/v1/jobs/" + running.Shown.Id;
        await server.WaitUntilAsync(async () => (await someone.GetAsync<Job>(path)).Progress >= 0.5, "The job makes no progress.");
        Assert.Equal(JobState.Running, (await someone.GetAsync<Job>(path)).State);

        var problem = await Operator.ExpectProblemAsync(HttpStatusCode.Conflict, ErrorCodes.JobRunning, someone.SendAsync(HttpMethod.Post, Backups));
        Assert.Contains(running.Shown.Id, problem.Detail, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(path));
        Assert.Equal((JobState.Cancelled, null), ((await someone.GetAsync<Job>(path)).State, (await someone.GetAsync<Job>(path)).Result));
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(path));
        var next = await EndAsync(server, someone, await StartAsync(someone, body: null));
        Assert.Equal(JobState.Succeeded, next.State);
        Assert.Equal([running.Shown.Id, next.Id], (await someone.GetAsync<Page<Job>>("/api/v1/jobs")).Items.Select(job => job.Id));
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, "/api/v1/jobs/none");
    }

    [Fact]
    public async Task One_that_fails_says_why_and_is_an_error_in_the_log()
    {
        using var taken = new TemporaryDirectory();
        await File.WriteAllTextAsync(taken.File("file"), "");
        await using var server = await ChatServer.StartAsync($"Backup:Directory={taken.File("file")}");
        server.Logs.Expected = line => line.EventId == 6007;
        using var someone = new Operator(server);

        var job = await EndAsync(server, someone, await StartAsync(someone, body: null));

        Assert.Equal(JobState.Failed, job.State);
        Assert.StartsWith($"Backup:Directory: {taken.File("file")} cannot be used: ", job.Error, StringComparison.Ordinal);
        Assert.Single(server.Logs.UnexpectedErrors.Concat(server.Logs.Lines.Where(line => line.EventId == 6007)));
    }

    [Fact]
    public async Task A_stop_of_the_server_cancels_what_is_at_work()
    {
        await using var server = await ChatServer.StartAsync();
        var running = await server.Services.GetRequiredService<JobRegistry>().StartAsync("backup", Scopes.BackupsWrite, _ => Task.CompletedTask, (_, cancellation) =>
        {
            cancellation.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellation);
        });

        await server.StopAsync();

        Assert.Equal(JobState.Cancelled, running.Shown.State);
    }

    [Theory]
    [InlineData("..%2Fadmin.key")]
    [InlineData("%2E%2E%2Fadmin.key")]
    [InlineData("notes.txt")]
    [InlineData(".hidden.zip")]
    [InlineData("folder.zip")]
    public async Task Nothing_but_backups_of_the_directory_can_be_fetched_or_deleted(string name)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        var shelf = Directory.CreateDirectory(Path.Combine(server.Directory, "backups"));
        foreach (var file in (string[])["notes.txt", ".hidden.zip"]) await File.WriteAllTextAsync(Path.Combine(shelf.FullName, file), "not yours");
        shelf.CreateSubdirectory("folder.zip");

        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"{Backups}/{name}");
        await someone.DeleteAsync($"{Backups}/{name}");

        Assert.Equal(3, shelf.GetFileSystemInfos().Length);
        Assert.True(File.Exists(Path.Combine(server.Directory, "admin.key")));
        Assert.Empty((await someone.GetAsync<Page<BackupInfo>>(Backups)).Items);
    }

    private static async Task<string> StartAsync(Operator someone, HttpContent? body)
    {
        using var answer = await someone.SendAsync(HttpMethod.Post, Backups, body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>The job once it has ended.</summary>
    private static async Task<Job> EndAsync(ChatServer server, Operator someone, string path)
    {
        await server.Services.GetRequiredService<JobRegistry>().Find(path.Split('/')[^1])!.Completion.WaitAsync(Patience.Limit);
        return await someone.GetAsync<Job>(path);
    }

    private static StringContent Json(string json) => new(json, MediaTypeHeaderValue.Parse("application/json"));
}
