using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.People;

internal sealed class PeopleTable : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.Property(p => p.Forename).HasMaxLength(Person.LongestKeptName);
        person.Property(p => p.Surname).HasMaxLength(Person.LongestKeptName);
        person.Property(p => p.Title).HasMaxLength(20);
        person.Property(p => p.SchoolKey).HasMaxLength(80);
        person.Property(p => p.YearGroup).HasMaxLength(30);
        person.HasIndex(p => p.SchoolKey).IsUnique();
        person.HasIndex(p => new { p.Role, p.SortName, p.Id });
    }
}

internal sealed class AccountTable : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("Accounts");
        account.HasOne(a => a.Person).WithOne().HasForeignKey<Account>(a => a.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SignInSessionTable : IEntityTypeConfiguration<SignInSession>
{
    public void Configure(EntityTypeBuilder<SignInSession> session)
    {
        session.Property(s => s.Device).HasMaxLength(60);
        session.HasIndex(s => s.KeyHash).IsUnique();
        session.HasIndex(s => s.EndsAt);
        session.HasOne(s => s.Person).WithMany().HasForeignKey(s => s.PersonId);
    }
}

internal sealed class SetUpWordsTable : IEntityTypeConfiguration<SetUpWords>
{
    public void Configure(EntityTypeBuilder<SetUpWords> words)
    {
        words.Property(w => w.Id).ValueGeneratedNever();
        words.Property(w => w.Words).HasMaxLength(20);
    }
}

internal sealed class SignInThrottleTable : IEntityTypeConfiguration<SignInThrottle>
{
    public void Configure(EntityTypeBuilder<SignInThrottle> throttle)
    {
        throttle.HasKey(t => t.Key);
        throttle.Property(t => t.Key).HasMaxLength(40);
        throttle.HasIndex(t => t.LastFailAt);
        throttle.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class KnownDeviceTable : IEntityTypeConfiguration<KnownDevice>
{
    public void Configure(EntityTypeBuilder<KnownDevice> device)
    {
        device.HasIndex(d => new { d.AccountId, d.KeyHash }).IsUnique();
        device.HasIndex(d => d.KeyHash);
        device.HasOne<Account>().WithMany().HasForeignKey(d => d.AccountId);
    }
}
