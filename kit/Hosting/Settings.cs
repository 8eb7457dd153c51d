using System.Diagnostics.CodeAnalysis;
using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>The values of a command's settings, read once: from the command line, else the environment, else the
/// default.</summary>
public sealed class Settings
{
    private readonly Dictionary<Setting, object> _values = [];

    private Settings() { }

    /// <summary>The value, or the default of <typeparamref name="T"/> where nothing is set.</summary>
    public T? Get<T>(Setting<T> setting) => _values.TryGetValue(setting, out var value) ? (T)value : default;

    /// <summary>Whether the setting has a value, and which.</summary>
    public bool TryGet<T>(Setting<T> setting, [MaybeNullWhen(false)] out T value)
    {
        var found = _values.TryGetValue(setting, out var stored);
        value = found ? (T)stored! : default;
        return found;
    }

    /// <summary>The value of a required setting.</summary>
    public T Require<T>(Setting<T> setting) => (T)_values[setting];

    /// <summary>Reads all settings; whatever is wrong is reported together, as one fault of 64.</summary>
    /// <param name="settings">The command's settings.</param>
    /// <param name="fromCommandLine">The text given for a setting on the command line, or null.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="alsoWrong">What the command line has got wrong already.</param>
    internal static Settings Read(
        IEnumerable<Setting> settings,
        Func<Setting, string?> fromCommandLine,
        IReadOnlyDictionary<string, string> environment,
        IEnumerable<string> alsoWrong
    )
    {
        var read = new Settings();
        var wrong = new List<(ExitCode Code, string Sentence)>(
            alsoWrong.Select(sentence => (ExitCode.Usage, sentence))
        );
        foreach (var setting in settings)
        {
            var before = wrong.Count;
            var (text, where) = Find(setting, fromCommandLine, environment, wrong);
            if (text is null)
            {
                if (
                    setting.IsRequired
                    && wrong.Count == before
                    && (
                        setting.UnlessGiven is not { } other
                        || Find(other, fromCommandLine, environment, []).Text is null
                    )
                )
                {
                    wrong.Add(
                        (
                            ExitCode.Usage,
                            $"{setting.Name} is missing; looked on the command line, then in "
                                + $"{setting.Variable}{(setting.FileVariable is { } file ? $" and {file}" : "")}. "
                                + $"Example: {setting.Name} {setting.Example}"
                        )
                    );
                }

                continue;
            }

            if (where != setting.Name && VariableText.QuotesIn(where, text) is { } quoted)
            {
                wrong.Add((ExitCode.Usage, quoted));
                continue;
            }

            try
            {
                read._values[setting] = setting.Parse(text);
            }
            catch (FormatException problem)
            {
                wrong.Add(
                    (
                        ExitCode.Usage,
                        $"{where} is '{Secrets.Cut(text)}', but {problem.Message}. Example: {setting.Name} "
                            + $"{setting.Example}"
                    )
                );
            }
        }

        return wrong.Count == 0
            ? read
            : throw Fault.Several(
                wrong.TrueForAll(each => each.Code == wrong[0].Code) ? wrong[0].Code : ExitCode.Usage,
                wrong.Select(each => each.Sentence)
            );
    }

    private static (string? Text, string Where) Find(
        Setting setting,
        Func<Setting, string?> fromCommandLine,
        IReadOnlyDictionary<string, string> environment,
        List<(ExitCode Code, string Sentence)> wrong
    )
    {
        if (fromCommandLine(setting) is { } option)
        {
            if (setting.MayHoldSecret && Secrets.AreIn(option))
            {
                wrong.Add(
                    (
                        ExitCode.Usage,
                        $"{setting.Name} has a password in it, which everybody on this machine can read: give it "
                            + $"by {setting.Variable}, {setting.FileVariable}, PGPASSWORD or .pgpass instead. Nothing "
                            + "was changed."
                    )
                );
                return (setting.Default, "the default");
            }

            return (option, setting.Name);
        }

        var variable = environment.GetValueOrDefault(setting.Variable) is { Length: > 0 } value ? value : null;
        if (
            setting.FileVariable is { } fileVariable
            && environment.GetValueOrDefault(fileVariable) is { Length: > 0 } file
        )
        {
            if (variable is not null)
            {
                wrong.Add((ExitCode.Usage, $"{setting.Variable} and {fileVariable} are both set: keep one of them."));
                return (setting.Default, "the default");
            }

            try
            {
                return Utf8Text.TryDecode(File.ReadAllBytes(file), out var place) is { } text
                    ? (VariableText.Trim(setting.Variable, text), file)
                    : throw Fault.BadConfiguration(
                        $"{fileVariable} names a file that is not UTF-8 (line {place!.Line}, byte {place.Column}): "
                            + "save "
                            + "it as UTF-8. Nothing was changed."
                    );
            }
            catch (Exception problem) when (IoFaults.Is(problem))
            {
                // Not with the name: who takes this variable for the other has written his password there.
                var (code, why) = IoFaults.Explain(problem, file);
                wrong.Add((code, $"{fileVariable} names a file that cannot be read: {why}."));
                return (setting.Default, "the default");
            }
        }

        return variable is null ? (setting.Default, "the default") : (variable, setting.Variable);
    }
}
