using System.Globalization;

namespace Trainyard.Hosting;

/// <summary>
/// Something a user can set: an option on the command line, or else an environment variable. Parser and legal values
/// stand together, so help and errors cannot differ.
/// </summary>
public abstract class Setting(string name, string description, string example, string? byDefault, bool isFlag)
{
    /// <summary>The option, such as <c>--time-limit</c>.</summary>
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>A value a reader can copy.</summary>
    public string Example { get; } = example;

    /// <summary>What counts when nothing is set, in the form a user would write it; null where that is
    /// nothing.</summary>
    public string? Default { get; } = byDefault;

    /// <summary>Whether the option takes no value.</summary>
    public bool IsFlag { get; } = isFlag;

    /// <summary>Whether it may be given several times; its values are lines of one text then, as in the
    /// variable.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether the program cannot go on without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether a value can have a password in it: such a value is not taken from the command line, but from
    /// the variable or from the file it names.</summary>
    public bool MayHoldSecret { get; init; }

    /// <summary>A setting that makes this one unnecessary, though it is required otherwise.</summary>
    public Setting? UnlessGiven { get; init; }

    /// <summary>The environment variable, such as <c>TRAINYARD_TIME_LIMIT</c>.</summary>
    public string Variable { get; } = "TRAINYARD_" + name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    /// <summary>The environment variable that names a file with the value, for settings that may hold a
    /// secret.</summary>
    public string? FileVariable => MayHoldSecret ? Variable + "_FILE" : null;

    internal string Help =>
        string.Concat(
            Description,
            Default is null ? "" : $" Default: {Default}.",
            FileVariable is null
                ? $" Variable: {Variable}."
                : $" Variable: {Variable}, or {FileVariable} for a file that holds it.",
            IsFlag ? "" : $" Example: {Name} {Example}"
        );

    /// <summary>Parses a value, or says what is wrong with it and what to write instead.</summary>
    internal abstract object Parse(string text);

    public static Setting<string> Text(
        string name,
        string description,
        string example,
        string? @default = null,
        bool required = false
    ) => new(name, description, example, @default, NotEmpty) { IsRequired = required };

    /// <summary>A setting that may be given several times.</summary>
    /// <param name="parse">Of one value; throws <see cref="FormatException"/> with what is expected.</param>
    public static Setting<IReadOnlyList<T>> List<T>(
        string name,
        string description,
        string example,
        Func<string, T> parse
    ) =>
        new(
            name,
            $"{description} May be given several times.",
            example,
            null,
            text => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(parse)]
        )
        {
            IsList = true,
        };

    internal static string NotEmpty(string text) => text.Length > 0 ? text : throw new FormatException("it is empty");

    public static Setting<int> Int(
        string name,
        string description,
        string example,
        int? @default = null,
        int least = 1,
        int most = int.MaxValue
    ) =>
        new(
            name,
            description,
            example,
            @default?.ToString(CultureInfo.InvariantCulture),
            text =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
                    ? number
                    : throw new FormatException(
                        most == int.MaxValue
                            ? $"a whole number from {least} is expected"
                            : $"a whole number from {least} to {most} is expected"
                    )
        );

    /// <summary>A setting with a few legal values.</summary>
    public static Setting<T> Choice<T>(
        string name,
        string description,
        IReadOnlyDictionary<string, T> values,
        string? @default = null,
        bool required = false
    ) =>
        new(
            name,
            $"{description} One of: {string.Join(", ", values.Keys)}.",
            values.Keys.First(),
            @default,
            text =>
                values.TryGetValue(text, out var value)
                    ? value
                    : throw new FormatException($"one of {string.Join(", ", values.Keys)} is expected")
        )
        {
            IsRequired = required,
        };

    /// <summary>An option without a value; its variable is <c>1</c> or <c>true</c>.</summary>
    public static Setting<bool> Flag(string name, string description) =>
        new(
            name,
            description,
            "1",
            null,
            text =>
                text switch
                {
                    "1" or "true" => true,
                    "0" or "false" => false,
                    _ => throw new FormatException("1 or 0 is expected"),
                },
            isFlag: true
        );

    /// <summary>A length of time such as <c>90s</c>, <c>30m</c>, <c>2h</c>.</summary>
    public static Setting<TimeSpan> Duration(
        string name,
        string description,
        string example,
        string? @default = null
    ) =>
        new(
            name,
            description,
            example,
            @default,
            text =>
                text.Length > 1
                && double.TryParse(
                    text[..^1],
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                && number > 0
                    ? text[^1] switch
                    {
                        's' => TimeSpan.FromSeconds(number),
                        'm' => TimeSpan.FromMinutes(number),
                        'h' => TimeSpan.FromHours(number),
                        _ => throw new FormatException("a number and s, m or h is expected"),
                    }
                    : throw new FormatException("a number and s, m or h is expected")
        );
}

/// <summary>A setting whose value is a <typeparamref name="T"/>.</summary>
/// <param name="parse">Throws <see cref="FormatException"/> with what is expected.</param>
public sealed class Setting<T>(
    string name,
    string description,
    string example,
    string? byDefault,
    Func<string, T> parse,
    bool isFlag = false
) : Setting(name, description, example, byDefault, isFlag)
{
    internal override object Parse(string text) => parse(text)!;
}
