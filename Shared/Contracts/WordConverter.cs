using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>An enumeration in JSON as its word, and never as its number: what a number stands for is nobody's affair but C#'s.</summary>
public sealed class WordConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
