//! Users: made, given licences and roles, and given a new password; restored. For a caller that keeps a journal each of the
//! calls of an import is one attempt: what came of it is the caller's to judge. Not with application credentials.

use crate::{
    Answer, Bookmark, CallProof, Client, CustomerId, Error, ErrorKind, Method, Pages, Request, UserId,
    UserQuery,
    client::{customer_path, user_path},
    json::resource,
    resources::{License, User, of_all_groups},
    uri::encode,
};
use json_value::{object, quoted};

const USER: &str = "customers/{id}/users/{id}";

/// A page of users, how to go on behind it, and the call's `MS-CorrelationId`.
pub type UserPage = (crate::Page<User>, Option<Bookmark>, String);

resource! {
    /// A role of a directory.
    pub struct DirectoryRole {
        /// Its id.
        pub id: String = "id",
        /// Its name.
        pub name: String = "name",
    }
}

/// A user to be made.
#[derive(Clone)]
pub struct NewUser<'a> {
    /// The sign-in name; its domain is one of the customer's, and not a federated one.
    pub user_principal_name: &'a str,
    /// The name that others see.
    pub display_name: &'a str,
    /// First name, or empty.
    pub first_name: &'a str,
    /// Last name, or empty.
    pub last_name: &'a str,
    /// Where licences are used, an ISO code; empty for none, without which the user gets no licence.
    pub usage_location: &'a str,
    /// The password, which has to be changed at the first sign-in.
    pub password: &'a str,
}

fn password(text: &str) -> String {
    ["{\"password\":", &quoted(text), ",\"forceChangePassword\":true}"].concat()
}

impl NewUser<'_> {
    fn print(&self) -> String {
        let optional = |text: &str| if text.is_empty() { "null".to_owned() } else { quoted(text) };
        [
            "{\"userPrincipalName\":",
            &quoted(self.user_principal_name),
            ",\"displayName\":",
            &quoted(self.display_name),
            ",\"firstName\":",
            &optional(self.first_name),
            ",\"lastName\":",
            &optional(self.last_name),
            ",\"usageLocation\":",
            &optional(self.usage_location),
            ",\"passwordProfile\":",
            &password(self.password),
            "}",
        ]
        .concat()
    }
}

impl Client {
    /// One page of users: the first, or the one behind a bookmark. One attempt.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn users_page(
        &self,
        id: &CustomerId,
        query: &UserQuery,
        from: Option<Bookmark>,
    ) -> Result<UserPage, Error> {
        self.users(id, query).once(from).await
    }

    /// Makes a user. `request_id` is the same for every attempt until an answer comes. One attempt. Answers the user's id.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] if there is a user of this name; [`ErrorKind::OutcomeUnknown`] if no answer came or one that
    /// says nothing: look for the user. See [`ErrorKind`].
    pub async fn create_user(
        &self,
        id: &CustomerId,
        user: &NewUser<'_>,
        request_id: String,
    ) -> Result<(UserId, CallProof), Error> {
        // With the slash at the end, as official clients send it.
        let mut request = Request::new(Method::Post, "customers/{id}/users", customer_path(id, "/users/"));
        request.body = Some(user.print());
        let answer = self.send_once(request, Some(request_id)).await?;
        Ok((answer.read_written::<User>()?.id, answer.proof()))
    }

    /// Assigns licences to a user. One attempt.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] with code 60012 if no seat is free; [`ErrorKind::OutcomeUnknown`]: read what the user has.
    /// See [`ErrorKind`].
    pub async fn assign_licenses(
        &self,
        id: &CustomerId,
        user: &UserId,
        skus: &[String],
    ) -> Result<CallProof, Error> {
        let skus: Vec<String> = skus.iter().map(|sku| object(&[("skuId", sku)])).collect();
        let body = ["{\"licensesToAssign\":[", &skus.join(","), "],\"licensesToRemove\":null}"].concat();
        let route = "customers/{id}/users/{id}/licenseupdates";
        self.write(Method::Post, route, user_path(id, user, "/licenseupdates"), body).await
    }

    /// The ids of the licences that a user has. One attempt.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn held_licenses(
        &self,
        id: &CustomerId,
        user: &UserId,
    ) -> Result<(Vec<String>, String), Error> {
        let path = of_all_groups(&user_path(id, user, "/licenses"));
        let pages: Pages<License> = Pages::new(self, "customers/{id}/users/{id}/licenses", path);
        let (page, _, correlation) = pages.once(None).await?;
        Ok((
            page.items.into_iter().map(|held| held.product_sku.id.as_str().to_owned()).collect(),
            correlation,
        ))
    }

    /// The ids of the roles that a user has. One attempt.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn held_roles(&self, id: &CustomerId, user: &UserId) -> Result<(Vec<String>, String), Error> {
        let path = user_path(id, user, "/directoryroles");
        let pages: Pages<DirectoryRole> = Pages::new(self, "customers/{id}/users/{id}/directoryroles", path);
        let (page, _, correlation) = pages.once(None).await?;
        Ok((page.items.into_iter().map(|role| role.id).collect(), correlation))
    }

    /// Roles of a customer's directory.
    pub fn directory_roles(&self, id: &CustomerId) -> Pages<DirectoryRole> {
        Pages::new(self, "customers/{id}/directoryroles", customer_path(id, "/directoryroles"))
    }

    /// Gives a user a role. One attempt.
    ///
    /// # Errors
    /// [`ErrorKind::OutcomeUnknown`]: read what the user has. See [`ErrorKind`].
    pub async fn give_role(&self, id: &CustomerId, user: &UserId, role: &str) -> Result<CallProof, Error> {
        let path = customer_path(id, &["/directoryroles/", &encode(role), "/usermembers"].concat());
        let body = object(&[("id", user.as_str())]);
        self.write(Method::Post, "customers/{id}/directoryroles/{id}/usermembers", path, body).await
    }

    /// Sets a user's password, to be changed at the next sign-in. One attempt. Not in the China cloud.
    ///
    /// # Errors
    /// [`ErrorKind::OutcomeUnknown`]: which password holds is not known; setting it again is safe. See [`ErrorKind`].
    pub async fn reset_password(
        &self,
        id: &CustomerId,
        user: &UserId,
        new: &str,
    ) -> Result<CallProof, Error> {
        let path = user_path(id, user, "/resetpassword");
        let body = ["{\"passwordProfile\":", &password(new), "}"].concat();
        self.write(Method::Patch, "customers/{id}/users/{id}/resetpassword", path, body).await
    }

    /// Brings a deleted user back, within the 30 days. Its password and its licences are as they were.
    ///
    /// # Errors
    /// [`ErrorKind::OutcomeUnknown`]: read the users. See [`ErrorKind`].
    pub async fn restore_user(&self, id: &CustomerId, user: &UserId) -> Result<CallProof, Error> {
        let mut request = Request::new(Method::Patch, USER, user_path(id, user, ""));
        request.body = Some(object(&[("state", "active")]));
        let answer = self.send(request).await?;
        answer.read_written::<User>()?;
        Ok(answer.proof())
    }

    async fn write(
        &self,
        method: Method,
        route: &'static str,
        path: String,
        body: String,
    ) -> Result<CallProof, Error> {
        let mut request = Request::new(method, route, path);
        request.body = Some(body);
        let answer: Answer = self.send_once(request, None).await?;
        // Something between may have made the answer up.
        if answer.json().is_ok_and(|body| body.as_object().is_some()) {
            Ok(answer.proof())
        } else {
            Err(answer.error(ErrorKind::OutcomeUnknown, "the answer does not say that it was done"))
        }
    }
}
