using System.Net;
using System.Text.RegularExpressions;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Swagger UI, as far as it can be tested without a browser.</summary>
public sealed partial class SwaggerPageTests
{
    [Fact]
    public async Task Is_served_by_the_product_alone_with_nothing_inline()
    {
        await using var server = await ChatServer.StartAsync();
        using var answer = await server.Http.GetAsync("/swagger");
        Assert.Equal((HttpStatusCode.OK, "/swagger/index.html"), (answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotMatch("<style|style=|<script>|onload=|https?:", page);
        var files = Reference().Matches(page).Select(match => match.Groups["file"].Value).ToArray();
        Assert.Contains("./start.js", files);
        Assert.Contains("./swagger-ui-bundle.js", files);
        foreach (var file in files)
        {
            using var part = await server.Http.GetAsync(new Uri(answer.RequestMessage.RequestUri, file));
            Assert.True(part.IsSuccessStatusCode, file);
            Assert.NotEmpty(await part.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Its_policy_is_looser_than_the_others_by_two_things_only()
    {
        await using var server = await ChatServer.StartAsync();
        using var page = await server.Http.GetAsync("/swagger/index.html");
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';", policy, StringComparison.Ordinal);

        using var elsewhere = await server.Http.GetAsync("/swagger/v1/swagger.json");
        Assert.Contains("require-trusted-types-for 'script'", Assert.Single(elsewhere.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:src|href)=\"(?<file>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Reference();
}
