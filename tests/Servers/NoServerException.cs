namespace Trainyard.Tests.Servers;

/// <summary>No server can be had here; the message says what was tried.</summary>
public sealed class NoServerException(string message) : Exception(message);
