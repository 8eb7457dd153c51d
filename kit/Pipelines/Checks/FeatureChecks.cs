namespace Trainyard.Pipelines;

/// <summary>Rules for the features of a spec, as far as they need no warehouse.</summary>
internal static partial class FeatureChecks
{
    public static IEnumerable<Mistake> Check(Spec spec, string folder, YamlText yaml) =>
        [
            .. Names(spec, yaml),
            .. Texts(spec, yaml),
            .. spec.Features.Derived.SelectMany(derived => Derived(derived.Key, derived.Value, spec, yaml)),
            .. Assembly(spec, folder, yaml),
        ];

    private static IEnumerable<Mistake> Names(Spec spec, YamlText yaml)
    {
        var features = spec.Features;
        if (
            features.Numbers.Count + features.Categories.Count + features.Text.Count + features.Derived.Count == 0
            && features.Assembly is null
        )
        {
            yield return yaml.At(
                "/features",
                "there is no feature: name columns in numbers, categories or text, or derive some."
            );
        }

        var named = features
            .Numbers.Select((name, at) => (name, pointer: $"/features/numbers/{at}"))
            .Concat(
                features.Categories.Select(
                    (category, at) => (name: category.Column, pointer: $"/features/categories/{at}")
                )
            )
            .Concat(features.Text.Select((text, at) => (name: text.Column, pointer: $"/features/text/{at}")))
            .Concat(
                features.Derived.SelectMany(derived =>
                    FeaturePlan
                        .Expand(derived.Key, derived.Value)
                        .Select(planned =>
                            (name: planned.Column.Name, pointer: $"/features/derived/{YamlText.Escape(derived.Key)}")
                        )
                )
            )
            .ToList();
        foreach (var group in named.GroupBy(feature => feature.name).Where(group => group.Count() > 1))
        {
            yield return yaml.At(
                group.Last().pointer,
                $"two features have the name '{group.Key}'; rename or remove one."
            );
        }

        IEnumerable<(string? Column, string What)> reserved =
        [
            .. spec.Rows.Key.Select(key => (key, "the key")),
            (spec.Label?.Column, "the label"),
            (spec.Rows.Cutoff, "the cutoff"),
        ];
        foreach (var (column, what) in reserved.Where(each => each.Column is not null))
        {
            foreach (var (_, pointer) in named.Where(feature => feature.name == column))
            {
                yield return yaml.At(pointer, $"'{column}' is {what}, which is never a feature; remove it.");
            }
        }
    }

    private static IEnumerable<Mistake> Texts(Spec spec, YamlText yaml)
    {
        var (task, trainer) = (spec.Model.Task, spec.Model.Trainer);
        if (
            spec.Features.Text.Count == 0
            || !yaml.IsSound("/model/task", "/model/trainer", "/metric")
            || !trainer.Tasks.Contains(task)
            || !spec.Metric.Tasks.Contains(task)
        )
        {
            yield break;
        }

        var others = task.Trainers.Where(other => other.ReadsTexts).ToList();
        if (!trainer.ReadsTexts)
        {
            yield return yaml.AtKey(
                "/features/text",
                $"the trainer {trainer} reads no texts; "
                    + (
                        others.Count == 0
                            ? $"no trainer of the task {task} does, so remove it."
                            : $"write 'trainer: {string.Join("' or 'trainer: ", others)}', or remove it."
                    )
            );
        }
    }

    private static IEnumerable<Mistake> Derived(string name, DerivedSpec derived, Spec spec, YamlText yaml)
    {
        var at = $"/features/derived/{YamlText.Escape(name)}";
        if (!ColumnName().IsMatch(name))
        {
            yield return yaml.AtKey(
                at,
                $"'{name}' becomes a column, so it is made of letters, digits and underscores, such as "
                    + "plane_age; rename it."
            );
        }

        var kinds = Kinds(derived).ToList();
        if (kinds.Count != 1)
        {
            yield return yaml.At(
                at,
                kinds.Count == 0
                    ? $"'{name}' says not how it is derived: give one of calendar, elapsed, expression, cross, hash."
                    : $"'{name}' is derived in {kinds.Count} ways ({string.Join(", ", kinds)}); keep one."
            );
            yield break;
        }

        foreach (
            var (given, key, kind) in new[]
            {
                (derived.Parts is not null, "parts", "calendar"),
                (derived.Cyclic is not null, "cyclic", "calendar"),
                (derived.Keep is not null, "keep", "cross"),
                (derived.Buckets is not null, "buckets", "hash"),
            }
        )
        {
            if (given && kinds[0] != kind)
            {
                yield return yaml.AtKey(
                    $"{at}/{key}",
                    $"{key} belongs to {kind}, and '{name}' is derived by {kinds[0]}; remove it."
                );
            }
            else if (!given && kinds[0] == kind && (key is "parts" or "buckets"))
            {
                yield return yaml.At(at, $"'{name}' lacks {key}.");
            }
        }

        if (spec.Label is { } label && Inputs(derived).Contains(label.Column))
        {
            yield return yaml.At(
                at,
                $"'{name}' reads the label '{label.Column}', which nobody knows when the row is scored; remove it."
            );
        }

        if (
            derived.Calendar is null
            && derived.Elapsed is null
            && Inputs(derived).FirstOrDefault(input => spec.Rows.Key.Contains(input)) is { } entity
        )
        {
            yield return yaml.At(at, $"'{name}' reads '{entity}' of the key, which is never learned from; remove it.");
        }

        if (derived.Expression is { } text && Problem(text) is { } problem)
        {
            yield return yaml.Inside(
                $"{at}/expression",
                problem.Index,
                $"the expression of '{name}' does not parse: {problem.Message}."
            );
        }
    }

    /// <summary>The columns that a derived feature reads; none of an expression that does not parse.</summary>
    public static IReadOnlyList<string> Inputs(DerivedSpec derived) =>
        [
            .. derived.Calendar is { } calendar ? [calendar] : Array.Empty<string>(),
            .. derived.Elapsed is { } elapsed ? [elapsed.From, elapsed.To] : Array.Empty<string>(),
            .. derived.Cross ?? [],
            .. derived.Hash ?? [],
            .. derived.Expression is { } text && Problem(text) is null ? NumberExpression.Parse(text).Columns : [],
        ];

    private static IEnumerable<string> Kinds(DerivedSpec derived) =>
        new[]
        {
            (derived.Calendar is not null, "calendar"),
            (derived.Elapsed is not null, "elapsed"),
            (derived.Expression is not null, "expression"),
            (derived.Cross is not null, "cross"),
            (derived.Hash is not null, "hash"),
        }
            .Where(kind => kind.Item1)
            .Select(kind => kind.Item2);

    private static ExpressionException? Problem(string expression)
    {
        try
        {
            NumberExpression.Parse(expression);
            return null;
        }
        catch (ExpressionException problem)
        {
            return problem;
        }
    }

    private static IEnumerable<Mistake> Assembly(Spec spec, string folder, YamlText yaml)
    {
        if (spec.Features.Assembly is not { } assembly)
        {
            yield break;
        }

        if (!PipelineFolder.IsInside(folder, assembly))
        {
            yield return yaml.At(
                "/features/assembly",
                $"'{assembly}' leads out of the pipeline's folder; the C# features belong into it."
            );
        }
        else if (!File.Exists(Path.Combine(folder, assembly)))
        {
            var project = Path.GetDirectoryName(Path.GetDirectoryName(assembly));
            yield return yaml.At(
                "/features/assembly",
                $"the DLL '{assembly}' is not there; build it first: dotnet build -c Release "
                    + $"{Path.Combine(folder, project ?? "")}"
            );
        }
        else if (AssemblyChecks.Problem(Path.Combine(folder, assembly)) is { } problem)
        {
            yield return yaml.At("/features/assembly", $"the DLL '{assembly}' {problem}.");
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,62}\z")]
    private static partial System.Text.RegularExpressions.Regex ColumnName();
}
