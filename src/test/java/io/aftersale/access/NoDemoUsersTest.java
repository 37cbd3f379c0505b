package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.engine.Accounts;
import io.aftersale.engine.Grants;
import io.aftersale.support.RunningApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RunningApp
class NoDemoUsersTest {
    @Autowired
    Accounts accounts;

    @Autowired
    Grants grants;

    @Test
    void an_installation_does_not_start_on_a_database_with_demo_users() {
        assertThatThrownBy(() -> new NoDemoUsers(accounts, grants, "root", "secret").check())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The database has demo users [admin, agent, arbitrator, finance,")
                .hasMessageContaining("shop2");
    }
}
