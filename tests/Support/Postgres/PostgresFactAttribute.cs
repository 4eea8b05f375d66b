namespace Maml.Cluster.Tests.Postgres;

/// <summary>A test that needs PostgreSQL: skipped visibly where it is missing, but failing in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        Skip = PostgresPrograms.WhyNot;
    }
}
