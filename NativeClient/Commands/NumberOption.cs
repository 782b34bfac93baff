using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace KaiChat.NativeClient.Commands;

/// <summary>Options that are numbers within limits, read and refused in the same way in every culture.</summary>
internal static class NumberOption
{
    public static Option<T> Of<T>(string name, string helpName, string description, T usual, T lowest, T highest)
        where T : struct, INumber<T> => new(name)
        {
            HelpName = helpName,
            Description = $"{description} {lowest} to {highest}.",
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest) return value;
                result.AddError($"{name} is a number from {lowest} to {highest}, not {text}.");
                return usual;
            },
        };
}
