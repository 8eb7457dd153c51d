namespace Trainyard.Warehouses;

/// <summary>A change of the schema <c>trainyard</c>.</summary>
/// <param name="Number">Its place in the order; 0 is what the others are noted in.</param>
/// <param name="OldestWriter">The oldest version of Trainyard whose programs publish as before once it is
/// made.</param>
public sealed record Migration(int Number, string Name, string OldestWriter, string Sql);
