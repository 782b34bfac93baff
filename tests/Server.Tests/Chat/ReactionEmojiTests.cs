using KaiChat.Server.Chat;

namespace KaiChat.Server.Tests.Chat;

public sealed class ReactionEmojiTests
{
    [Theory]
    [InlineData("👍")]
    [InlineData("👍🏽")]
    [InlineData("❤")]
    [InlineData("❤️")]
    [InlineData("👩‍🚀")]
    [InlineData("👨‍👩‍👧‍👦")]
    [InlineData("🇩🇪")]
    [InlineData("🏴󠁧󠁢󠁳󠁣󠁴󠁿")]
    [InlineData("🏳️‍🌈")]
    [InlineData("1️⃣")]
    [InlineData("#⃣")]
    [InlineData("‼️")]
    [InlineData("ℹ️")]
    [InlineData("〰️")]
    [InlineData("↔️")]
    [InlineData("➕")]
    [InlineData("©️")]
    [InlineData("✓")]
    [InlineData("\U0001FAEA")]
    public void One_emoji_is_a_reaction(string emoji) => Assert.True(ReactionEmoji.IsOne(emoji));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a")]
    [InlineData("ß")]
    [InlineData("+1")]
    [InlineData("+")]
    [InlineData("1")]
    [InlineData("1️")]
    [InlineData("👍👍")]
    [InlineData("👍 ")]
    [InlineData(" 👍")]
    [InlineData("a👍")]
    [InlineData("👍a")]
    [InlineData("👍\u0301")]
    [InlineData("a\u20E3")]
    [InlineData("字")]
    [InlineData("!")]
    [InlineData("\u200D")]
    [InlineData("\uFE0F")]
    [InlineData("🏽")]
    [InlineData("\n")]
    [InlineData("👍\n")]
    [InlineData("\u202E👍")]
    [InlineData("👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩‍👩")]
    public void Nothing_else_is(string? text) => Assert.False(ReactionEmoji.IsOne(text));

    [Fact]
    public void Half_a_surrogate_pair_is_none() => Assert.All(["\uD83D", "👍\uDC4D", "\uDC4D\uD83D"], text => Assert.False(ReactionEmoji.IsOne(text)));
}
