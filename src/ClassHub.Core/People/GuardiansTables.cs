using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.People;

internal sealed class GuardianLinksTable : IEntityTypeConfiguration<GuardianLink>
{
    public void Configure(EntityTypeBuilder<GuardianLink> link)
    {
        link.ToTable("GuardianLinks");
        link.HasOne(l => l.Guardian).WithMany().HasForeignKey(l => l.GuardianId);
        link.HasOne(l => l.Pupil).WithMany().HasForeignKey(l => l.PupilId).OnDelete(DeleteBehavior.Restrict);
        link.HasIndex(l => new { l.GuardianId, l.PupilId }).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        link.HasIndex(l => l.PupilId);
        link.Property(l => l.Code).HasMaxLength(GuardianLink.CodeLength);
        link.Property(l => l.CodeTries).HasDefaultValue(0);
    }
}

internal sealed class SignInLinksTable : IEntityTypeConfiguration<SignInLink>
{
    public void Configure(EntityTypeBuilder<SignInLink> link)
    {
        link.ToTable("SignInLinks");
        link.HasOne(l => l.Person).WithMany().HasForeignKey(l => l.PersonId);
        link.HasIndex(l => l.KeyHash).IsUnique();
        link.HasIndex(l => l.EndsAt);
    }
}
