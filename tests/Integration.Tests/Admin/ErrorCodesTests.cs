using System.Reflection;
using KaiChat.Shared.Contracts;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>docs/errors.md, which the type of every problem document points to.</summary>
public sealed class ErrorCodesTests
{
    [Fact]
    public void Every_code_is_explained_with_its_remedy_and_no_other_is()
    {
        var codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var sections = File.ReadAllText(Repository.PathOf("docs/errors.md")).ReplaceLineEndings("\n").Split("\n## ")[1..].Select(section => section.Split('\n', 2)).ToArray();
        Assert.Equal(codes.Order(StringComparer.Ordinal), sections.Select(section => section[0]).Order(StringComparer.Ordinal));
        Assert.All(sections, section =>
        {
            Assert.Contains("\n**Cause.** ", section[1], StringComparison.Ordinal);
            Assert.Contains("\n**Remedy.** ", section[1], StringComparison.Ordinal);
        });
    }
}
