using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Classes;

internal sealed class ClassesTable : IEntityTypeConfiguration<SchoolClass>
{
    public void Configure(EntityTypeBuilder<SchoolClass> @class)
    {
        @class.Property(c => c.Name).HasMaxLength(SchoolClass.LongestName);
        @class.Property(c => c.SchoolKey).HasMaxLength(80);
        @class.HasIndex(c => c.SchoolKey).IsUnique();
    }
}

internal sealed class TeachingRequestsTable : IEntityTypeConfiguration<TeachingRequest>
{
    public void Configure(EntityTypeBuilder<TeachingRequest> request)
    {
        request.Property(r => r.Reason).HasMaxLength(500);
        request.HasOne<SchoolClass>().WithMany().HasForeignKey(r => r.ClassId);
        request.HasOne(r => r.Person).WithMany().HasForeignKey(r => r.PersonId);
    }
}

internal sealed class MembershipsTable : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> member)
    {
        member.HasKey(m => new { m.ClassId, m.PersonId });
        member.HasOne(m => m.Class).WithMany().HasForeignKey(m => m.ClassId);
        member.HasOne(m => m.Person).WithMany().HasForeignKey(m => m.PersonId);
        member.HasIndex(m => m.PersonId);
    }
}

internal sealed class PupilGroupsTable : IEntityTypeConfiguration<PupilGroup>
{
    public void Configure(EntityTypeBuilder<PupilGroup> group)
    {
        group.Property(g => g.Name).HasMaxLength(40);
        group.HasIndex(g => new { g.ClassId, g.Name }).IsUnique();
        group.HasOne<SchoolClass>().WithMany().HasForeignKey(g => g.ClassId);
    }
}

internal sealed class PupilGroupMembersTable : IEntityTypeConfiguration<PupilGroupMember>
{
    public void Configure(EntityTypeBuilder<PupilGroupMember> member)
    {
        member.HasKey(m => new { m.GroupId, m.PersonId });
        member.HasOne(m => m.Group).WithMany().HasForeignKey(m => m.GroupId);
        member.HasOne(m => m.Person).WithMany().HasForeignKey(m => m.PersonId);
    }
}

internal sealed class JoinCodesTable : IEntityTypeConfiguration<JoinCode>
{
    public void Configure(EntityTypeBuilder<JoinCode> code)
    {
        code.Property(c => c.Code).HasMaxLength(20);
        code.HasIndex(c => c.Code).IsUnique();
        code.HasIndex(c => c.ClassId);
        code.HasOne<SchoolClass>().WithMany().HasForeignKey(c => c.ClassId);
    }
}

internal sealed class JoinRequestsTable : IEntityTypeConfiguration<JoinRequest>
{
    public void Configure(EntityTypeBuilder<JoinRequest> request)
    {
        request.Property(r => r.Forename).HasMaxLength(Person.LongestKeptName);
        request.Property(r => r.Surname).HasMaxLength(Person.LongestKeptName);
        request.HasIndex(r => new { r.ClassId, r.DecidedAt });
        request.HasOne<SchoolClass>().WithMany().HasForeignKey(r => r.ClassId);
        request.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
