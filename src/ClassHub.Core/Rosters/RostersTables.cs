using ClassHub.Media;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Rosters;

internal sealed class RosterImportsTable : IEntityTypeConfiguration<RosterImport>
{
    public void Configure(EntityTypeBuilder<RosterImport> import)
    {
        import.Property(i => i.FileName).HasMaxLength(120);
        import.Property(i => i.PlanHash).HasMaxLength(64);
        import.Property(i => i.Summary).HasMaxLength(500);
        import.HasOne<StoredFile>().WithMany().HasForeignKey(i => i.FileId).OnDelete(DeleteBehavior.SetNull);
        import.HasOne<Person>().WithMany().HasForeignKey(i => i.ByPersonId).OnDelete(DeleteBehavior.Restrict);
        import.HasIndex(i => i.AppliedAt);
    }
}

/// <summary>Without foreign keys to people and classes: undo removes what an import made, and the line of history stays.</summary>
internal sealed class RosterChangesTable : IEntityTypeConfiguration<RosterChange>
{
    public void Configure(EntityTypeBuilder<RosterChange> change)
    {
        change.Property(c => c.Before).HasMaxLength(RosterChange.Longest);
        change.Property(c => c.After).HasMaxLength(RosterChange.Longest);
        change.HasOne<RosterImport>().WithMany().HasForeignKey(c => c.ImportId);
        change.HasIndex(c => new { c.ImportId, c.Kind, c.Id });
        change.HasIndex(c => new { c.PersonId, c.ImportId });
    }
}
