using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>What the database says about the refresh before a run.</summary>
internal sealed record RefreshState
{
    /// <summary>Number of the next run.</summary>
    public required ulong NextRefreshNo { get; init; }

    /// <summary>Number of the last finished run; 0 if there is none.</summary>
    public required ulong LastRefreshNo { get; init; }

    /// <summary>Time zone the active days are counted in.</summary>
    public required string LastTimeZone { get; init; }

    /// <summary>Time zone of the report settings.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The run that built the cells which readers see.</summary>
    public required ulong BaseNo { get; init; }

    /// <summary>Runs that have added to it, itself included.</summary>
    public required ulong RunsOfBase { get; init; }

    /// <summary>First local day on which any subject of its cells was seen; the last there is if there are none.</summary>
    public required DateOnly FirstSeenOn { get; init; }

    /// <summary>T of the last finished run.</summary>
    public required DateTime LastAsOf { get; init; }

    /// <summary>T of the next run.</summary>
    public required DateTime AsOf { get; init; }

    /// <summary>Hash of the report settings and models the cells were taken with.</summary>
    public required ulong LastSettingsHash { get; init; }

    /// <summary>The same hash of what holds now.</summary>
    public required ulong SettingsHash { get; init; }

    /// <summary>Hash of the views the cells were taken from.</summary>
    public required ulong LastDefinitionsHash { get; init; }

    /// <summary>Touches no run has taken in.</summary>
    public required ulong TouchCount { get; init; }

    /// <summary>About how many subject keys they concern.</summary>
    public required ulong TouchedKeyCount { get; init; }

    /// <summary>About how many subjects have contributions that become effective by T.</summary>
    public required ulong DueCount { get; init; }

    /// <summary>The oldest of the touches.</summary>
    public required DateTime OldestTouchedAt { get; init; }

    /// <summary>Whether any run has finished yet.</summary>
    public bool HasRun => LastRefreshNo > 0;

    /// <summary>Whether a run after the last finished one broke off and may have left rows that the cells don't know.</summary>
    public bool IsBroken => NextRefreshNo != LastRefreshNo + 1;

    /// <summary>Reads the one row of Sql/refresh_state.sql.</summary>
    public static async Task<RefreshState> ReadAsync(RefreshDatabase database, SqlParameter overlap, CancellationToken cancellationToken)
    {
        var states = await database.QueryAsync(
            RefreshStatement.Load("refresh_state"),
            [overlap],
            row => new RefreshState
            {
                NextRefreshNo = Number(row["next_refresh_no"]),
                LastRefreshNo = Number(row["last_refresh_no"]),
                LastTimeZone = (string)row["last_time_zone"],
                TimeZone = (string)row["time_zone"],
                BaseNo = Number(row["base_no"]),
                RunsOfBase = Number(row["runs_of_base"]),
                FirstSeenOn = (DateOnly)row["first_seen_on"],
                LastAsOf = (DateTime)row["last_as_of"],
                AsOf = (DateTime)row["as_of"],
                LastSettingsHash = Number(row["last_settings_hash"]),
                SettingsHash = Number(row["settings_hash"]),
                LastDefinitionsHash = Number(row["last_definitions_hash"]),
                TouchCount = Number(row["touch_count"]),
                TouchedKeyCount = Number(row["touched_key_count"]),
                DueCount = Number(row["due_count"]),
                OldestTouchedAt = (DateTime)row["oldest_touched_at"],
            },
            cancellationToken);
        return states[0];
    }

    private static ulong Number(object value) => Convert.ToUInt64(value, null);
}
