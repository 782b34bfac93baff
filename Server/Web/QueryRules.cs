using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Web;

/// <summary>
/// What an operation of the REST API takes in its query, as its method's signature says: a parameter that is unknown, given twice, no number, no such word or outside its range is
/// refused by name before anything is done. A misspelt filter that is ignored would answer another question than the one asked.
/// </summary>
internal sealed class QueryRules(MethodInfo operation)
{
    private readonly Dictionary<string, ParameterInfo> _parameters = operation.GetParameters()
        .Where(parameter => parameter.IsDefined(typeof(FromQueryAttribute)))
        .ToDictionary(parameter => parameter.Name!, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first parameter that breaks a rule; null if all are good.</summary>
    public BrokenRule? Check(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (!_parameters.TryGetValue(name, out var parameter)) return new(name, ErrorCodes.RequestInvalid, Unknown(name));
            if (values.Count > 1) return new(name, ErrorCodes.RequestInvalid, $"{name} is given {values.Count} times.");
            if (Check(parameter, values.ToString()) is { } broken) return broken;
        }
        return null;
    }

    private static BrokenRule? Check(ParameterInfo parameter, string value)
    {
        var name = parameter.Name!;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(string)) return null;
        if (WordsOf(type) is { } words)
        {
            return words.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : new(name, ErrorCodes.ArgumentInvalid, $"{name} is one of: {string.Join(", ", words)}.");
        }
        if (type == typeof(bool)) return value is "true" or "false" ? null : new(name, ErrorCodes.ArgumentInvalid, $"{name} is one of: true, false.");
        if (type == typeof(DateTimeOffset)) return ZonedTime.TryParse(value, out _) ? null : new(name, ErrorCodes.RequestInvalid, $"{name} {ZonedTime.Rule}");
        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return new(name, ErrorCodes.RequestInvalid, $"{name} is a whole number.");
        var range = parameter.GetCustomAttribute<RangeAttribute>();
        return range is null || IsWithin(range, number) ? null : new(name, ErrorCodes.ArgumentInvalid, $"{name} is from {range.Minimum} to {range.Maximum}.");
    }

    /// <summary>A range of ints cannot even be asked about a larger number: the attribute fails on it.</summary>
    private static bool IsWithin(RangeAttribute range, long number) =>
        (range.OperandType != typeof(int) || (number >= int.MinValue && number <= int.MaxValue)) && range.IsValid(number);

    private static IReadOnlyCollection<string>? WordsOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Word<>)
            ? (IReadOnlyCollection<string>)type.GetProperty(nameof(Word<>.All))!.GetValue(null)!
            : null;

    private string Unknown(string name) =>
        $"{name} is not a parameter here. {(_parameters.Count == 0 ? "There are none." : $"Parameters: {string.Join(", ", _parameters.Values.Select(parameter => parameter.Name))}.")}";

    public sealed record BrokenRule(string Parameter, string Code, string Sentence);
}

/// <summary>Puts <see cref="QueryRules"/> on endpoints and into force.</summary>
internal static class QueryRulesExtensions
{
    /// <summary>Lets the operations of a group take no other query parameters than their methods declare.</summary>
    public static RouteGroupBuilder WithQueryRules(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Add(endpoint => endpoint.Metadata.Add(new QueryRules(endpoint.Metadata.OfType<MethodInfo>().Single())));
        return group;
    }

    /// <summary>Checks before the framework binds: its own refusals name C# types instead of what is right. After authorisation: strangers learn nothing of parameters.</summary>
    public static void UseQueryRules(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<QueryRules>()?.Check(context.Request.Query) is not { } broken) return next(context);
        var problem = Problems.Create(context, StatusCodes.Status400BadRequest, broken.Code, broken.Sentence);
        problem.Extensions["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [broken.Parameter] = [broken.Sentence] };
        return Results.Problem(problem).ExecuteAsync(context);
    });
}
