using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>A pipeline's table of predictions: a row a key, cutoff and run.</summary>
public sealed record PredictionsTable : PublishedTable
{
    public const string Schema = "trainyard";

    private readonly IReadOnlyList<TaskColumn> _answers;

    /// <param name="key">The key's columns with the types they have in the rows.</param>
    /// <param name="answers">Those of the task's in which the models answer; by default those of a spec that says
    /// nothing of it.</param>
    public PredictionsTable(
        string name,
        string pipeline,
        ModelTask task,
        IReadOnlyList<Column> key,
        IReadOnlyList<TaskColumn>? answers = null
    )
        : base(name, pipeline, key)
    {
        (Task, _answers) = (task, answers ?? task.AnswersOf(new ModelSpec { Task = task }));
        var problem =
            PredictionNames.TableProblem(name)
            ?? key.Select(column =>
                    PredictionNames.KeyProblem(column) ?? PredictionNames.KeyProblem(column.Name, _answers)
                )
                .FirstOrDefault(found => found is not null);
        if (problem is not null)
        {
            throw Fault.BadConfiguration($"{char.ToUpperInvariant(problem[0])}{problem[1..]}. Nothing was changed.");
        }
    }

    public ModelTask Task { get; }

    /// <summary>The columns of the parts in which the task answers.</summary>
    public IReadOnlyList<Column> TaskColumns =>
        [.. PredictionNames.PartColumns(_answers, [.. Key.Select(column => column.Name)])];

    /// <summary>Answers that go by their former name alone, for a column of the key has their own.</summary>
    public IReadOnlyList<TaskColumn> Displaced =>
        [.. _answers.Where(answer => PredictionNames.NameIn(answer, KeyColumns) != answer.Name)];

    /// <summary>A column of a part, which may be of an earlier version, under the name that it has now.</summary>
    public Column AsNamedNow(Column column) =>
        column with
        {
            Name = FormerNames.GetValueOrDefault(column.Name, column.Name),
        };

    internal override IReadOnlyList<TableColumn> Columns =>
        [
            TableColumn.Of(PredictionNames.Pipeline),
            .. Key.Concat(PredictionNames.RowColumns).Select(TableColumn.Of),
            .. _answers.SelectMany(Of),
        ];

    internal override IReadOnlyList<string> Within => [];

    internal override string Holds => Task.Name;

    /// <summary>
    /// Two runs may predict the same; the one that was published last counts. Windows, for both databases push a
    /// condition
    /// on the key through them: DISTINCT ON sorts the whole table to answer for one key.
    /// </summary>
    internal override IReadOnlyList<TableView> Views =>
        [
            new(
                Current,
                (names, dialect) =>
                    $"""
                        CREATE OR REPLACE VIEW {Qualified(Current)} AS
                        SELECT {string.Join(", ", names.Select(name => ColumnOf(name).Selected(dialect)))} FROM (
                            SELECT predictions.*, row_number() OVER (
                                PARTITION BY {Prefixed("predictions", Key)}, predictions.cutoff
                                ORDER BY runs.published_at DESC, predictions.run DESC) AS {Place}
                            FROM {QualifiedName} AS predictions
                            JOIN {Schema}.runs AS runs
                            ON runs.pipeline = predictions.pipeline AND runs.run = predictions.run
                            WHERE NOT predictions.hindsight AND NOT runs.model_override
                        ) AS published
                        WHERE {Place} = 1
                        """
            ),
            new(
                $"{Name}_newest",
                (names, _) =>
                    $"""
                        CREATE OR REPLACE VIEW {Qualified($"{Name}_newest")} AS
                        SELECT {Identifier.QuoteAll(names)} FROM (
                            SELECT predictions.*, row_number() OVER (
                                PARTITION BY {Prefixed("predictions", Key)} ORDER BY predictions.cutoff DESC) AS {Place}
                            FROM {Qualified(Current)} AS predictions
                        ) AS newest
                        WHERE {Place} = 1
                        """
            ),
        ];

    internal string Current => $"{Name}_current";

    private IEnumerable<string> KeyColumns => Key.Select(column => column.Name);

    /// <summary>A name for a row's place among those of its key.</summary>
    private string Place => Identifier.Quote(NameOfNone(1));

    /// <summary>Names that no column has, for what is told beside them: the first, the second.</summary>
    internal string NameOfNone(int number) =>
        Enumerable
            .Range(1, Key.Count + number)
            .Select(length => new string('#', length))
            .Where(name => Key.All(column => column.Name != name))
            .ElementAt(number - 1);

    /// <summary>What has two names may be null under each: one version fills both, the one before it and the one after
    /// it each their own.</summary>
    private IEnumerable<TableColumn> Of(TaskColumn answer)
    {
        var name = PredictionNames.NameIn(answer, KeyColumns);
        if (answer.FormerName is not { } former)
        {
            return [new(name, answer.Type, answer.Nullable)];
        }

        var first = new TableColumn(former, answer.Type, Nullable: true) { Source = name };
        return name == former ? [first] : [first, first with { Name = name, FormerName = former }];
    }
}
