using System.Text.Json;
using System.Text.RegularExpressions;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Tests;

/// <summary>
/// What the console reads from the API's streams (WebClient/src/admin/api/types.ts) has the members of Shared/Contracts. The document of the API does not describe
/// what is in a stream; with everything that it describes a test of the console compares it.
/// </summary>
public sealed partial class ConsoleContractTests
{
    [Theory]
    [InlineData(typeof(InspectedPdu))]
    [InlineData(typeof(InspectedField))]
    [InlineData(typeof(InspectedPart))]
    [InlineData(typeof(ViolatedRule))]
    [InlineData(typeof(StatsSample))]
    public void What_a_stream_tells_has_the_same_members(Type type)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "WebClient/src/admin/api/types.ts"));
        var body = page.Split($"export interface {type.Name} {{\n", 2)[1].Split("\n}", 2)[0];
        Assert.Equal(
            type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal),
            Member().Matches(body).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^  readonly (?<name>\w+):", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Member();
}
