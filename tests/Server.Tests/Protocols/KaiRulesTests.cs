using KaiChat.Shared.KaiChat;

namespace KaiChat.Server.Tests.Protocols;

/// <summary>The rules that the wire inspector names are in the protocol's document, where it says.</summary>
public sealed class KaiRulesTests
{
    [Fact]
    public void Every_rule_names_a_section_that_exists_and_is_listed_there()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs/protocols/kaichat.md"));
        Assert.Equal(KaiRules.All.Count, KaiRules.All.Select(rule => rule.Rule).Distinct().Count());
        Assert.All(KaiRules.All, rule =>
        {
            Assert.Contains(lines, line => line.StartsWith('#') && line.TrimStart('#', ' ') == rule.Section);
            Assert.Contains(lines, line => line.StartsWith($"| `{rule.Rule}` | {rule.Section} |", StringComparison.Ordinal));
        });
    }
}
