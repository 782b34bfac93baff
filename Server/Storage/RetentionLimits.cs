namespace KaiChat.Server.Storage;

/// <summary>What a conversation may keep. A message goes when it is beyond any of these.</summary>
/// <param name="Since">Messages sent before this time go; null: no matter how old.</param>
/// <param name="Messages">The newest so many stay; null: no matter how many.</param>
/// <param name="Bytes">The newest stay whose texts together have so many bytes of UTF-8; null: no matter how large.</param>
internal sealed record RetentionLimits(DateTimeOffset? Since, long? Messages, long? Bytes);
