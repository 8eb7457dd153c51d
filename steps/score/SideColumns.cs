using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Score;

/// <summary>A table beside that of predictions, and the columns of its parts: the key, cutoff and its own.</summary>
/// <param name="Place">Its place among the tables of the task.</param>
/// <param name="Name">What its name ends in, and those of its parts begin with.</param>
/// <param name="Most">How many rows a prediction has at most.</param>
internal sealed record SideColumns(int Place, string Name, SideTable Table, IReadOnlyList<Column> Columns, int Most);
