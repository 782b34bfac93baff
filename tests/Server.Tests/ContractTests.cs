using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Tests;

/// <summary>The page's types (WebClient/src/connection/contract.ts) are those of Shared/Contracts: what C# says is written as TypeScript and looked for there.</summary>
public sealed partial class ContractTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static TheoryData<Type, string> Contracts => new()
    {
        { typeof(Member), "Member" },
        { typeof(MemberProfile), "MemberProfile" },
        { typeof(Message), "Message" },
        { typeof(Reaction), "Reaction" },
        { typeof(MessageVersion), "MessageVersion" },
        { typeof(ChangesPage), "ChangesPage" },
        { typeof(ChannelSnapshot), "ChannelSnapshot" },
        { typeof(HistoryPage), "HistoryPage" },
        { typeof(NativePreview), "NativePreview" },
        { typeof(NativePreviewReplacement), "NativePreviewReplacement" },
        { typeof(Notice), "Notice" },
        { typeof(ChannelSettings), "ChannelSettings" },
        { typeof(NativePolicy), "NativePolicy" },
        { typeof(Sanction), "Sanction" },
        { typeof(SanctionRequest), "SanctionRequest" },
        { typeof(Kick), "Kick" },
        { typeof(Mute), "Mute" },
        { typeof(SignInRequest), "SignInRequest" },
        { typeof(SignInResponse), "SignInResponse" },
        { typeof(SearchPage), "SearchPage" },
        { typeof(SearchHit), "SearchHit" },
        { typeof(TextRange), "TextRange" },
        { typeof(KindCounts), "KindCounts" },
        { typeof(LobbyInfo), "LobbyInfo" },
        { typeof(LobbyChannel), "LobbyChannel" },
        { typeof(UsernameRules), "UsernameRules" },
        { typeof(UsernameCheck), "UsernameCheck" },
        { typeof(IChatHub), "ChatHub" },
        { typeof(IChatClient), "ChatEvents" },
    };

    [Theory]
    [MemberData(nameof(Contracts))]
    public void The_page_has_the_same_type(Type type, string name)
    {
        var members = type.IsInterface
            ? type.GetMethods().Select(method => Method(method, returnsTask: type == typeof(IChatHub)))
            : type.GetConstructors()[0].GetParameters().Select(parameter => Property(type.GetProperty(parameter.Name!)!));
        Assert.Contains($"export interface {name} {{\n{string.Concat(members.Select(member => $"  {member};\n"))}}}\n", Page(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Origin))]
    [InlineData(typeof(Presence))]
    [InlineData(typeof(Deleter))]
    [InlineData(typeof(NativeNotice))]
    [InlineData(typeof(SanctionKind))]
    public void The_page_has_the_same_words(Type type)
    {
        var words = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => JsonSerializer.Serialize(Enum.ToObject(type, value), type).Replace('"', '\''));
        Assert.Contains($"export type {type.Name} = {string.Join(" | ", words)};\n", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_knows_every_error_code()
    {
        var codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"'{field.GetRawConstantValue()}'");
        var listed = Page().Split("errorCodes = [", 2)[1].Split(']', 2)[0];
        Assert.All(codes, code => Assert.Contains(code, listed, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_the_number_that_the_server_tells()
    {
        Assert.Contains($"export const contractVersion = {HubContract.Version};\n", Page(), StringComparison.Ordinal);
        Assert.InRange(HubContract.OldestPage, 1, HubContract.Version);
        Assert.InRange(int.Parse(OldestServer().Match(Page()).Groups["number"].ValueSpan, CultureInfo.InvariantCulture), 0, HubContract.Version);
    }

    /// <summary>
    /// Members may come, with their number; what an old page calls, hears or reads has to stay, or its number is too low now (CONTRIBUTING.md).
    /// </summary>
    [Fact]
    public void The_oldest_page_finds_all_that_it_knows()
    {
        var present = Members().ToArray();
        var known = File.ReadAllLines(Path.Combine(Repository.Root, $"tests/Server.Tests/HubContracts/{HubContract.OldestPage}.txt"));
        Assert.True(known.Length > 100);
        Assert.Empty(known.Except(present));
        // What it sends has to be enough.
        Assert.Empty(present.Where(member => member.StartsWith("SanctionRequest.", StringComparison.Ordinal) || member.StartsWith("SignInRequest.", StringComparison.Ordinal)).Except(known));
        Assert.True(File.Exists(Path.Combine(Repository.Root, $"tests/Server.Tests/HubContracts/{HubContract.Version}.txt")));
    }

    /// <summary>The page's interfaces as lines: <c>Message.seq: number</c>.</summary>
    private static IEnumerable<string> Members() =>
        from type in Interfaces().Matches(Page())
        from member in type.Groups["members"].Value.Split(";\n", StringSplitOptions.RemoveEmptyEntries)
        select $"{type.Groups["name"].Value}.{member.Trim()}";

    [GeneratedRegex(@"export interface (?<name>\w+) \{\n(?<members>(  .*\n)*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Interfaces();

    [GeneratedRegex(@"export const oldestServer = (?<number>\d+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OldestServer();

    private static string Method(MethodInfo method, bool returnsTask)
    {
        var result = method.ReturnType.IsGenericType ? TypeScript(method.ReturnType.GetGenericArguments()[0]) : "void";
        var parameters = string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.Name}: {TypeScript(parameter.ParameterType)}{(IsNullable(parameter) ? " | null" : "")}"));
        return $"{method.Name}({parameters}): {(returnsTask ? $"Promise<{result}>" : result)}";
    }

    private static string Property(PropertyInfo property)
    {
        var name = new StringBuilder(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        var type = TypeScript(property.PropertyType);
        var isNullable = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        var isAbsentWhenNull = property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull };
        return isAbsentWhenNull ? $"{name}?: {type}" : isNullable ? $"{name}: {type} | null" : $"{name}: {type}";
    }

    private static bool IsNullable(ParameterInfo parameter) => Nullability.Create(parameter).ReadState == NullabilityState.Nullable;

    private static string TypeScript(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } value => TypeScript(value),
        _ when type == typeof(string) || type == typeof(DateTimeOffset) => "string",
        _ when type == typeof(int) || type == typeof(long) => "number",
        _ when type == typeof(bool) => "boolean",
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => $"readonly {TypeScript(type.GetGenericArguments()[0])}[]",
        _ => type.Name,
    };

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "WebClient/src/connection/contract.ts"));
}
