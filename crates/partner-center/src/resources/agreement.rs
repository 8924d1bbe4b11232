//! Agreements between Microsoft and a customer, as the partner confirms them. The public cloud alone has them here.

use json_value::{Map, Value};

use crate::{
    AgreementTemplateId, Timestamp,
    json::{resource, wire_enum},
};

resource! {
    /// An agreement that a customer's representative has accepted, as the partner confirmed it.
    pub struct Agreement {
        /// What was accepted.
        pub template_id: AgreementTemplateId = "templateId",
        /// The kind of agreement.
        pub agreement_type: AgreementType = "type",
        /// Who accepted it.
        pub primary_contact: Option<AgreementContact> = "primaryContact",
        /// When.
        pub date_agreed: Option<Timestamp> = "dateAgreed",
        /// The partner's user who confirmed it.
        pub user_id: Option<String> = "userId",
        /// Where its text is.
        pub agreement_link: Option<String> = "agreementLink",
    }
}

resource! {
    /// The person who accepted an agreement.
    pub struct AgreementContact {
        /// First name.
        pub first_name: String = "firstName",
        /// Last name.
        pub last_name: String = "lastName",
        /// Mail address.
        pub email: String = "email",
        /// Telephone number.
        pub phone_number: Option<String> = "phoneNumber",
    }
}

resource! {
    /// An agreement that customers can accept.
    pub struct AgreementTemplate {
        /// Its id, which a confirmation names.
        pub template_id: AgreementTemplateId = "templateId",
        /// The kind of agreement.
        pub agreement_type: AgreementType = "agreementType",
        /// Where its text is.
        pub agreement_link: Option<String> = "agreementLink",
        /// The higher, the newer.
        pub version_rank: Option<u32> = "versionRank",
    }
}

impl AgreementTemplate {
    /// Where its text is, if that is a link that may be followed.
    pub fn link(&self) -> Option<&str> {
        self.agreement_link.as_deref().filter(|link| link.starts_with("https://"))
    }
}

/// What a partner attests when it confirms that a customer has accepted an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementConfirmation {
    /// The text that was accepted.
    pub template_id: AgreementTemplateId,
    /// Its kind.
    pub agreement_type: AgreementType,
    /// The person of the customer's who accepted it.
    pub contact: AgreementContact,
    /// When; never in the future.
    pub date_agreed: Timestamp,
}

/// The code for an agreement that was confirmed before, with the same contact.
pub(crate) const ALREADY_CONFIRMED: u32 = 600_061;

impl AgreementConfirmation {
    pub(crate) fn print(&self) -> String {
        let texts = |members: &[(&str, &str)]| {
            let mut object = Map::default();
            for (name, text) in members {
                object.set(name, (!text.is_empty()).then(|| (*text).into()));
            }
            object
        };
        let AgreementContact { first_name, last_name, email, phone_number } = &self.contact;
        let contact = texts(&[
            ("firstName", first_name),
            ("lastName", last_name),
            ("email", email),
            ("phoneNumber", phone_number.as_deref().unwrap_or_default()),
        ]);
        let mut agreement = Map::default();
        agreement.set("primaryContact", Some(Value::Object(contact)));
        agreement.set("templateId", Some(self.template_id.as_str().into()));
        agreement.set("dateAgreed", Some(self.date_agreed.to_string().as_str().into()));
        agreement.set("type", Some(self.agreement_type.as_str().into()));
        Value::Object(agreement).print()
    }
}

wire_enum! {
    /// A kind of agreement.
    pub enum AgreementType {
        /// The Microsoft Customer Agreement, which is needed before the first order.
        MicrosoftCustomerAgreement = "MicrosoftCustomerAgreement",
        /// The Microsoft Cloud Agreement, its predecessor.
        MicrosoftCloudAgreement = "MicrosoftCloudAgreement",
    }
}

impl AgreementType {
    /// The value in a query. It is always sent: without one the service tells of the older kind alone.
    pub(crate) fn as_query(self) -> &'static str {
        match self {
            Self::Unknown => "*",
            known => known.as_str(),
        }
    }
}
