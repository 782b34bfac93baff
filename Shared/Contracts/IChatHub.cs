namespace KaiChat.Shared.Contracts;

/// <summary>
/// What a browser may ask of the hub at <c>/hub</c>. Every method answers with its result or with an error whose message is
/// <c>code: sentence</c>, the code being one of <see cref="ErrorCodes"/>. A channel name may be given without its <c>@</c>.
/// </summary>
public interface IChatHub
{
    /// <summary>Enters a channel and gets its latest messages. Events about it flow from before the snapshot is taken: drop the overlap by seq.</summary>
    Task<ChannelSnapshot> Join(string channel);

    /// <summary>Enters a channel again after a lost connection or a reload and gets what was missed since <paramref name="afterSeq"/>.</summary>
    Task<ChannelSnapshot> Resume(string channel, long afterSeq);

    /// <summary>Leaves a channel, with all tabs of the session. Leaving a channel one is not in is no error.</summary>
    Task Leave(string channel);

    /// <summary>Posts a text. Repeating a <paramref name="clientMessageId"/> (1 to 64 characters) returns the message it made the first time.</summary>
    Task<Message> Send(string channel, string text, string clientMessageId);

    /// <summary>Posts a text as an answer to the message of a seq in the same channel, which must be there and not deleted. Otherwise as <see cref="Send"/>.</summary>
    Task<Message> SendReply(string channel, string text, string clientMessageId, long replyTo);

    /// <summary>
    /// Gives an own message another text, within the time that the server allows. Returns the message as it is then. The same text as before changes nothing.
    /// </summary>
    Task<Message> Edit(string channel, long seq, string text);

    /// <summary>Deletes an own message for good: its place stays, text, former texts and reactions go. Deleting a deleted one changes nothing.</summary>
    Task<Message> Delete(string channel, long seq);

    /// <summary>
    /// Adds the caller's reaction to a message, or with <paramref name="on"/> false takes it back. What is so already changes nothing.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="seq">The message.</param>
    /// <param name="emoji">One emoji (a whole one: skin tone, flag, family), at most 32 UTF-16 code units.</param>
    /// <param name="on">Whether the reaction is to be there.</param>
    Task<Message> React(string channel, long seq, string emoji, bool on);

    /// <summary>The texts an own message has had, the newest 50, oldest first; the last is the present one. None if it was deleted.</summary>
    Task<IReadOnlyList<MessageVersion>> Versions(string channel, long seq);

    /// <summary>
    /// What changed in a channel after a revision: <see cref="ChannelSnapshot.Rev"/>, or the highest <see cref="Message.Rev"/> of an event since. Asked when a connection
    /// comes back, after <see cref="Resume"/>.
    /// </summary>
    Task<ChangesPage> Changes(string channel, long afterRev);

    /// <summary>The user is typing in a channel. The server passes it on at most every two seconds; ask no more often, and not after the last key.</summary>
    Task Typing(string channel);

    /// <summary>The up to <paramref name="limit"/> (1 to 200) messages before a seq, oldest first.</summary>
    Task<HistoryPage> History(string channel, long beforeSeq, int limit);

    /// <summary>The up to <paramref name="limit"/> (1 to 200) messages after a seq, oldest first.</summary>
    Task<HistoryPage> HistoryAfter(string channel, long afterSeq, int limit);

    /// <summary>
    /// The up to <paramref name="limit"/> (1 to 200) messages with this seq in their middle, oldest first: where a link to a message or a hit of a search leads.
    /// If there is no message of that seq any more, or not yet, those nearest to it.
    /// </summary>
    Task<HistoryPage> HistoryAround(string channel, long seq, int limit);

    /// <summary>
    /// Finds messages in the channels the session is in, newest first. The query holds words, <c>"phrases"</c>, beginnings of words (<c>chat*</c>), <c>from:anna</c>,
    /// <c>in:@dev</c>, <c>after:2026-11-01</c> and <c>before:2026-12-01</c> (days of UTC); all of them must hold. Case and diacritics do not count.
    /// </summary>
    /// <param name="query">The query, at most 200 characters.</param>
    /// <param name="cursor"><see cref="SearchPage.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">The most hits, 1 to 50.</param>
    Task<SearchPage> Search(string query, string? cursor, int limit);

    /// <summary>What else is known of a member of a channel that the caller is in, too: as anybody there may know it, without addresses.</summary>
    Task<MemberProfile> Profile(string channel, string memberId);

    /// <summary>Notes that the user has read a channel through this seq. Lower than what is noted changes nothing. All tabs hear of it.</summary>
    Task MarkRead(string channel, long seq);

    /// <summary>Notes that the message of this seq and all after it are unread again. All tabs hear of it.</summary>
    Task MarkUnread(string channel, long seq);

    /// <summary>How native members would see a text; posts nothing. For an answer to a message of ben, ask with <c>@ben: </c> before the text, as they will see it.</summary>
    Task<NativePreview> PreviewNative(string text);

    /// <summary>
    /// Makes the session an operator's, until it ends, with what an admin key allows. Returns its scopes, <c>moderation:write</c> and <c>channels:write</c> among them. A
    /// wrong key is an error, and costs a growing wait.
    /// </summary>
    Task<IReadOnlyList<string>> Operate(string key);

    /// <summary>Puts a user out of a channel; it may come back. For operators with <c>moderation:write</c>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="username">Who.</param>
    /// <param name="reason">Why, as the user is told; 1 to 200 characters.</param>
    Task Kick(string channel, string username, string reason);

    /// <summary>Bans or mutes a user. For operators with <c>moderation:write</c>.</summary>
    Task<Sanction> Impose(SanctionRequest request);

    /// <summary>The usernames of those signed in whom a ban or a mute would meet now, in order; changes nothing. For operators with <c>moderation:write</c>.</summary>
    Task<IReadOnlyList<string>> PreviewSanction(SanctionRequest request);

    /// <summary>Lifts all bans or mutes of a username, in one channel or, without one, on the whole server. Returns how many. For operators with <c>moderation:write</c>.</summary>
    Task<int> Lift(SanctionKind kind, string username, string? channel);

    /// <summary>Gives a channel a topic of at most 200 characters; an empty one takes it away. For operators with <c>channels:write</c>.</summary>
    Task SetTopic(string channel, string topic);

    /// <summary>Ends the session: leaves all channels and frees the username.</summary>
    Task SignOut();
}
