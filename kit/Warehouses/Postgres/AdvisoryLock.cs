using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Warehouses.Postgres;

/// <summary>Locks by name among all programs of Trainyard, each held until the transaction ends.</summary>
internal static class AdvisoryLock
{
    /// <summary>Of who looks whether the schema is up to date, and changes it.</summary>
    public const string OfSchema = "migrate";

    /// <summary>Waits for a lock. Two names that fall on one number only wait for one another.</summary>
    public static void Take(PostgresSession session, string name) =>
        session.Execute(
            "SELECT pg_catalog.pg_advisory_xact_lock($1)",
            BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"trainyard {name}")))
        );
}
