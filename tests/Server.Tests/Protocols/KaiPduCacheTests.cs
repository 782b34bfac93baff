using System.Runtime.CompilerServices;
using KaiChat.Server.Chat;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Tests.Protocols;

public sealed class KaiPduCacheTests
{
    [Fact]
    public void A_message_of_one_line_is_encoded_once_for_all()
    {
        var message = Message(1, "hello");
        var cache = new KaiPduCache(Options.Create(new KaiChatOptions()));
        Assert.Same(Assert.Single(cache.Encode(message, "@room", KaiByteOrder.Little)), Assert.Single(cache.Encode(message, "@room", KaiByteOrder.Little)));
    }

    [Fact]
    public void A_changed_message_is_encoded_anew_and_a_deleted_one_is_nothing()
    {
        var message = Message(1, "hello");
        var cache = new KaiPduCache(Options.Create(new KaiChatOptions()));
        var before = Assert.Single(cache.Encode(message, "@room", KaiByteOrder.Little));
        var after = Assert.Single(cache.Encode(message with { Text = "edited", Rev = 1 }, "@room", KaiByteOrder.Little));

        Assert.NotEqual(before, after);
        Assert.Empty(cache.Encode(message with { Text = "", DeletedAt = DateTimeOffset.UnixEpoch, Rev = 2 }, "@room", KaiByteOrder.Little));
    }

    [Fact]
    public void Messages_of_thousands_of_lines_do_not_fill_the_memory()
    {
        var cache = new KaiPduCache(Options.Create(new KaiChatOptions()));
        var text = string.Concat(Enumerable.Repeat("x\n", 5_000));
        var encoded = Encode(cache, text);
        GC.Collect();
        Assert.DoesNotContain(encoded, pdu => pdu.TryGetTarget(out _));
        GC.KeepAlive(cache);
    }

    /// <summary>The PDUs of some messages, which nobody but the cache may hold when this returns; how much memory is taken, other tests decide as well.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference<byte[]>> Encode(KaiPduCache cache, string text)
    {
        var encoded = new List<WeakReference<byte[]>>();
        for (var seq = 1; seq <= 10; seq++) encoded.AddRange(cache.Encode(Message(seq, text), "@room", KaiByteOrder.Little).Select(pdu => new WeakReference<byte[]>(pdu)));
        Assert.Equal(50_000, encoded.Count);
        return encoded;
    }

    private static ChatMessage Message(int seq, string text)
    {
        Assert.True(Username.TryParse("anna", out var name, out _));
        return new ChatMessage(new ConversationId(1), seq, new Author(new SessionId(1), name), Origin.Web, DateTimeOffset.UnixEpoch, text, null);
    }
}
