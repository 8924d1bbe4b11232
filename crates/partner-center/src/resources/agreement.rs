//! Agreements between Microsoft and a customer, as the partner confirms them. The public cloud alone has them here.

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
