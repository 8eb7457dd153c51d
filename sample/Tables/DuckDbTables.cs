using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Trainyard.Pipelines;

namespace Trainyard.Sample.Tables;

/// <summary>A DuckDB file.</summary>
internal sealed partial class DuckDbTables : ISampleTables
{
    private const string Scheme = "duckdb:";

    private readonly DuckDBConnection _connection;
    private readonly SampleSchema _schema;

    private DuckDbTables(DuckDBConnection connection, SampleSchema schema) =>
        (_connection, _schema) = (connection, schema);

    /// <summary>Opens the file, which is made where there is none.</summary>
    public static DuckDbTables Open(string uri, SampleSchema schema)
    {
        if (!uri.StartsWith(Scheme, StringComparison.Ordinal) || uri.Length == Scheme.Length)
        {
            throw Fault.Usage(
                "--warehouse is not one that sample can fill: expected postgresql://user@host/database or "
                    + "duckdb:FILE, such as duckdb:warehouse.duckdb."
            );
        }

        var file = Path.GetFullPath(uri[Scheme.Length..]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = file }.ConnectionString);
        try
        {
            connection.Open();
            return new DuckDbTables(connection, schema);
        }
        catch (DuckDBException e)
        {
            connection.Dispose();
            throw e.Message.Contains("Could not set lock", StringComparison.Ordinal)
                ? new Fault(
                    ExitCode.TemporaryFailure,
                    $"{uri} is in use by another process. Nothing was changed; try again when it is free.",
                    e
                )
                : new Fault(
                    IoFaults.CodeIn(e.Message) ?? ExitCode.BadData,
                    $"{uri} cannot be opened: {FirstLine(e.Message)} Nothing was changed.",
                    e
                );
        }
    }

    public Task<IReadOnlyDictionary<string, string>> InfoAsync(CancellationToken cancel) => Task.Run(Info, cancel);

    public Task<IReadOnlyList<(string Table, long Rows)>> ReplaceAsync(
        CsvFolder folder,
        IReadOnlyDictionary<string, string> info,
        CancellationToken cancel
    ) => Task.Run<IReadOnlyList<(string, long)>>(() => Replace(folder, info, cancel), cancel);

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private IReadOnlyDictionary<string, string> Info()
    {
        if (
            Read(
                $"SELECT table_name FROM information_schema.tables WHERE table_name = '{_schema.Info}'",
                reader => reader.GetString(0)
            ).Count == 0
        )
        {
            return new Dictionary<string, string>();
        }

        return Read(
                $"SELECT key, value FROM {_schema.Info}",
                reader => (Key: reader.GetString(0), Value: reader.GetString(1))
            )
            .ToDictionary(row => row.Key, row => row.Value);
    }

    private List<(string Table, long Rows)> Replace(
        CsvFolder folder,
        IReadOnlyDictionary<string, string> info,
        CancellationToken cancel
    )
    {
        using var transaction = _connection.BeginTransaction();
        Execute(_schema.Statements);
        var loaded = new List<(string Table, long Rows)>();
        foreach (var table in _schema.InLoadOrder)
        {
            cancel.ThrowIfCancellationRequested();
            loaded.Add((table, Load(table, folder)));
        }

        foreach (var (key, value) in info)
        {
            Execute($"INSERT INTO {_schema.Info} VALUES ($1, $2)", key, value);
        }

        transaction.Commit();
        return loaded;
    }

    private long Load(string table, CsvFolder folder)
    {
        folder.Check(table, Columns(table));
        var file = folder.FileOf(table);
        try
        {
            return Execute(
                $"""
                COPY {table} FROM '{file.Replace("'", "''")}'
                (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', ALLOW_QUOTED_NULLS false,
                    AUTO_DETECT false)
                """
            );
        }
        catch (DuckDBException e)
        {
            throw Fault.BadData($"{file} does not fit the table {table}: {Cause(e.Message)} Nothing was changed.", e);
        }
    }

    /// <summary>DuckDB's words on one line, up to its advice about options. A violated foreign key is named by any
    /// value, so the value is left out.</summary>
    private static string Cause(string message) =>
        SomeKey()
            .Replace(
                message
                    .Split(["\n\n", "\nPossible "], 2, StringSplitOptions.None)[0]
                    .ReplaceLineEndings(" ")
                    .TrimEnd('.', ' '),
                "a value of $1"
            ) + ".";

    [GeneratedRegex("key \"(\\w+): [^\"]*\"(?= does not exist)")]
    private static partial Regex SomeKey();

    private List<string> Columns(string table)
    {
        using var command = Command($"SELECT * FROM {table} LIMIT 0");
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private List<T> Read<T>(string sql, Func<DuckDBDataReader, T> row)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private int Execute(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private DuckDBCommand Command(string sql, params object[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            command.Parameters.Add(new DuckDBParameter(value));
        }

        return command;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
