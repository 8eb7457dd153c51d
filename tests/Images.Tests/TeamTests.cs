using System.Security.Cryptography;

namespace Trainyard.Tests.Images;

/// <summary>A team's own repository, outside this one: from the template, on the package and the images of this
/// build, with rows of its own.</summary>
public sealed class TeamTests : ImageTests
{
    /// <summary>A hundred clients on each of 300 mondays; who comes seldom, or pays nothing, leaves.</summary>
    private const string Clients = """
        CREATE TABLE clients AS
        WITH drawn AS (
            SELECT client, TIMESTAMPTZ '2025-06-01 00:00:00+00' + day * INTERVAL '1 day' AS monday,
                client * 7919 % 30 AS days_since_order, (client * 104729 + day * 31) % 10 AS visits_7d,
                (ARRAY['free', 'team', 'firm'])[1 + client % 3] AS plan,
                CASE client % 2 WHEN 0 THEN 'c@gmail.com' ELSE 'c@shop.example' END AS email,
                (client * 15485863::bigint + day * 32452843::bigint) % 1000 / 1000.0 AS chance
            FROM generate_series(1, 100) AS c(client), generate_series(0, 299) AS d(day)
        )
        SELECT client, monday, days_since_order, visits_7d, plan, email,
            0.02 * days_since_order - 0.02 * visits_7d + 0.5 * chance > 0.5 AS churned
        FROM drawn;
        ALTER TABLE clients ADD PRIMARY KEY (client, monday)
        """;

    private const string Rows = """
        SELECT client, monday, days_since_order, visits_7d, plan, email, churned
        FROM clients
        WHERE monday > {{ from }} AND monday <= {{ to }}

        """;

    [Fact]
    public async Task A_repository_from_the_template_predicts_its_own_rows_in_its_own_images_over_PostgreSQL_and_S3()
    {
        await using var team = new TeamFolder();
        await team.InitializeAsync();
        await using var services = await Services.StartAsync();
        var repository = await team.NewAsync(
            "shop",
            "--name",
            "Churn",
            "--key",
            "client",
            "--cutoff",
            "monday",
            "--label",
            "churned"
        );
        await File.WriteAllTextAsync(
            Path.Combine(repository, "pipelines/churn/rows.sql"),
            Rows,
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(repository, ".env"),
            services.StepsEnv(),
            TestContext.Current.CancellationToken
        );
        (await QueryAsync(services, Clients)).With(0);
        var images = $"shop-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        try
        {
            var ended = await MakeAsync(
                team,
                repository,
                $"test run AS_OF=2026-03-01 IMAGES={images} TAG=tried NETWORK={services.Network}"
            );

            Assert.Matches(
                @"(?s)churn: no mistakes.*Trained train\.\S+, and promoted it\..*Scored 100 rows with model train\..*"
                    + @"The first of them, in trainyard\.churn_predictions:",
                ended.With(0).Output
            );
            var found = (
                await QueryAsync(
                    services,
                    "SELECT count(*), count(DISTINCT client), min(r.image) FROM trainyard.churn_predictions "
                        + "AS p JOIN trainyard.runs AS r USING (run)"
                )
            ).With(0);
            Assert.Equal($"100|100|{images}/score:tried", found.Output.Trim());

            // What Airflow's plan is of, the images hold.
            (await MakeAsync(team, repository, $"plan IMAGES={images} TAG=tried")).With(0);
            var check = $"trainyard DO='plan /pipelines/churn --check' IMAGES={images} TAG=tried";
            Assert.Contains(
                "/pipelines/churn/plan.json: up to date.",
                (await MakeAsync(team, repository, $"{check} NETWORK={services.Network}")).With(0).Output,
                StringComparison.Ordinal
            );
        }
        finally
        {
            await Docker.PasteAsync(
                $"docker images -q '{images}/*' | sort -u | xargs -r docker rmi -f",
                Path.GetTempPath()
            );
        }
    }

    /// <summary>Runs make in a team's repository, with the SDK that has the packages of this build.</summary>
    private static Task<Ended> MakeAsync(TeamFolder team, string repository, string targets) =>
        Docker.PasteAsync(
            $"export {string.Join(' ', team.Variables.Select(each => $"{each.Key}='{each.Value}'"))} "
                + $"PATH=\"{Path.GetDirectoryName(Programs.Dotnet)}:$PATH\"; make {targets}",
            repository
        );

    private static Task<Ended> QueryAsync(Services services, string sql) =>
        Docker.PasteAsync(
            $"export PGPASSWORD={services.Password}; docker run --rm -i --network {services.Network} -e "
                + "PGPASSWORD postgres:17 psql -h postgres -U trainyard -d trainyard -v ON_ERROR_STOP=1 -qAt "
                + $"<<'SQL'\n{sql}\nSQL",
            Path.GetTempPath()
        );
}
