using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting;

/// <summary>Options that are checked when the server starts, every message naming the full key.</summary>
internal static class CheckedOptions
{
    /// <summary>Binds a section, and refuses keys in it that are no settings, values that cannot be read and values outside their range.</summary>
    public static OptionsBuilder<T> AddCheckedOptions<T>(this WebApplicationBuilder builder, string section)
        where T : class, new()
    {
        var configuration = builder.Configuration.GetSection(section);
        UnknownKeys.Check(configuration, typeof(T));
        builder.Services.AddSingleton<IValidateOptions<T>>(new Annotations<T>(section));
        // Without this the framework leaves out those members of a list that it cannot read, without a word.
        return builder.Services.AddOptions<T>().Bind(configuration, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
    }

    /// <summary>Data annotations, reported by key instead of by property.</summary>
    private sealed class Annotations<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var failures = new List<string>();
            foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                var value = property.GetValue(options);
                foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
                {
                    if (!rule.IsValid(value)) failures.Add($"{section}:{property.Name} is {value ?? "missing"}: {Describe(rule)}.");
                }
                if (property.PropertyType.IsEnum && !Enum.IsDefined(property.PropertyType, value!))
                {
                    failures.Add($"{section}:{property.Name} is {value}: it is one of {string.Join(", ", Enum.GetNames(property.PropertyType))}.");
                }
            }
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }

        private static string Describe(ValidationAttribute rule) => rule switch
        {
            RangeAttribute range => $"it must be from {range.Minimum} to {range.Maximum}",
            RequiredAttribute => "it must be given",
            _ => rule.FormatErrorMessage("it"),
        };
    }
}
